/* http_load_redirect.h — a location that has moved. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_REDIRECT_H
#define NETLAB_SERVICES_HTTP_LOAD_REDIRECT_H

#include "services/http/http_load_job.h"

/* Reads the keys redirect, which is set, and redirect_status of SECTION into
 * LOCATION. Mistakes are told. */
void http_load_redirect(const struct http_load_job *job, cfg_t *section,
    struct http_location *location);

/* LOCATION of SITE moves to a path that lies in LOCATION. */
bool http_load_redirect_is_circular(
    const struct http_site *site, const struct http_location *location);

#endif
