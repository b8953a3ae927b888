/* http.h — the door of the http room. */
#ifndef NETLAB_SERVICES_HTTP_H
#define NETLAB_SERVICES_HTTP_H

#include "service.h"

extern const struct service http_service;

#endif
