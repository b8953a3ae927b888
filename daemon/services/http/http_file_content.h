/* http_file_content.h — what was found on the disk → an entry that can be sent.
 * Impure: part of the door. Worker process. */
#ifndef NETLAB_SERVICES_HTTP_FILE_CONTENT_H
#define NETLAB_SERVICES_HTTP_FILE_CONTENT_H

#include "services/http/http_file_entry.h"

/* All that an entry is made of. */
struct http_file_content {
	const struct http_file_source *source;
	const struct http_wanted *wanted;
	const struct http_path *path;
	const struct http_location *location;
	struct http_file_found *found; /* with HTTP_STATUS_OK */
	struct http_file_entry *old;   /* may be NULL */
};

/* The entry for CONTENT, whose descriptor is used up: content->old when it is
 * the same in all that stat(2) knows. NULL: no memory. */
struct http_file_entry *http_file_content_entry(
    const struct http_file_content *content);

#endif
