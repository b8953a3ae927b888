/* http_load_private.h — password files and logs that a site would serve. Loader
 * process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_PRIVATE_H
#define NETLAB_SERVICES_HTTP_LOAD_PRIVATE_H

#include "services/http/http_load_job.h"

/* Warns of each auth_file, and of the access log, that lies beneath the root of
 * one of SITES under a name that is served. */
void http_load_private_check(
    const struct http_load_job *job, const struct http_sites *sites);

#endif
