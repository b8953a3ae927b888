/* status_json.h — the daemon's status for programs. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_JSON_H
#define NETLAB_CLIENT_STATUS_STATUS_JSON_H

#include "client/status/status_view.h"

#include <jansson.h>

/* VIEW as one object, the caller's; NULL: no memory. Times are in seconds. */
json_t *status_json(const struct status_view *view);

#endif
