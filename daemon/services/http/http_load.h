/* http_load.h — the http section → the room's part of the image, and back.
 * Impure: part of the door. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_H
#define NETLAB_SERVICES_HTTP_LOAD_H

#include "service.h"
#include "services/http/http_store.h"

/* struct service.options and .load. Loader process. */
extern cfg_opt_t http_load_options[];
void http_load(struct service_load *load);

/* What the door needs of it. Pointers are into START's part or into memory that
 * is never released: it lives as long as the worker. */
struct http_loaded {
	struct http_sites sites;
	struct http_limits limits;
	struct span always; /* struct http_stamp.fields */
	bool accepts_bare_lf;
};

/* Reads what http_load wrote into LOADED, which borrows START's part and
 * descriptors. False: no root was configured, or no memory. Worker. */
bool http_load_read(
    const struct service_start *start, struct http_loaded *loaded);

#endif
