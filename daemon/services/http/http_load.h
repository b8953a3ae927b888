/* http_load.h — the http section → the room's part of the image, and back.
 * Impure: part of the door. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_H
#define NETLAB_SERVICES_HTTP_LOAD_H

#include "service.h"
#include "services/http/http_file_find.h"

/* struct service.options and .load. Loader process. */
extern cfg_opt_t http_load_options[];
void http_load(struct service_load *load);

/* Reads what http_load wrote into SITE, which borrows START's part and
 * descriptors, and *ACCEPTS_BARE_LF. False: no root was configured. Worker. */
bool http_load_read(const struct service_start *start,
    struct http_file_site *site, bool *accepts_bare_lf);

#endif
