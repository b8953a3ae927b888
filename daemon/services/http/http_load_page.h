/* http_load_page.h — a site's own pages for errors. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_PAGE_H
#define NETLAB_SERVICES_HTTP_LOAD_PAGE_H

#include "services/http/http_load_job.h"

/* CFG_END-terminated: error_page "404" { … }. */
extern cfg_opt_t http_load_page_options[];

/* Adds the error pages of SECTION to those that SITE has, in place of one of
 * the same status. Mistakes are told; a page that is not there is one to be
 * warned of. */
void http_load_page_read(
    const struct http_load_job *job, cfg_t *section, struct http_site *site);

#endif
