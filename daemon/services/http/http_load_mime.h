/* http_load_mime.h — a file like /etc/mime.types. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_MIME_H
#define NETLAB_SERVICES_HTTP_LOAD_MIME_H

#include "services/http/http_load_job.h"

/* What mime_types is where the file does not say. */
#define HTTP_LOAD_MIME_FILE "/etc/mime.types"

/*
 * Reads the file that mime_types names: lines TYPE EXTENSION …, comments behind
 * "#"; where an extension comes twice, the last counts. Text gets its charset.
 * "": none. The default may be missing; any other is a mistake then, and told.
 */
void http_load_mime_read(
    const struct http_load_job *job, struct http_mimes *mimes);

#endif
