/* http_load_site.h — the sites: the http section's own, and those named in it.
 * Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_SITE_H
#define NETLAB_SERVICES_HTTP_LOAD_SITE_H

#include "services/http/http_load_job.h"

/* CFG_END-terminated: site "NAME" { … }. */
extern cfg_opt_t http_load_site_options[];

/*
 * Fills SITES: the first is the section's own, where it has a root. Opens the
 * roots, in the sites' order, into JOB's files. Mistakes are told.
 */
void http_load_site_read_all(
    const struct http_load_job *job, struct http_sites *sites);

#endif
