/* http_load_location.h — the locations of a site. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_LOCATION_H
#define NETLAB_SERVICES_HTTP_LOAD_LOCATION_H

#include "services/http/http_load_job.h"

/* CFG_END-terminated: location "/PREFIX" { … }. */
extern cfg_opt_t http_load_location_options[];

/*
 * Fills SITE's locations from SECTION, the longest prefix first and the whole
 * site last. IS_LISTED: what holds where none says otherwise. What a location
 * does not say is as in the one around it, but for redirect and lab. Mistakes
 * are told.
 */
void http_load_location_read(const struct http_load_job *job, cfg_t *section,
    bool is_listed, struct http_site *site);

#endif
