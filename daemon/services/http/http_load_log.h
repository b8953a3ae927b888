/* http_load_log.h — where the access log goes. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_LOG_H
#define NETLAB_SERVICES_HTTP_LOAD_LOG_H

#include "services/http/http_load_job.h"

/* Reads access_log and access_log_format. A file is opened, and made where it
 * is missing, into JOB's files. Mistakes are told. */
void http_load_log_read(
    const struct http_load_job *job, struct http_load_log *log);

#endif
