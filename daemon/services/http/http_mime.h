/* http_mime.h — a file's name → its media type. Pure. */
#ifndef NETLAB_SERVICES_HTTP_MIME_H
#define NETLAB_SERVICES_HTTP_MIME_H

#include "core/span.h"

/* The Content-Type of a file called NAME, by what follows its last dot, text
 * with its charset; "application/octet-stream" where that is unknown. A static
 * string. */
const char *http_mime_type(struct span name);

#endif
