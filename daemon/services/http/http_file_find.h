/*
 * http_file_find.h — a decoded path → an open file or folder beneath the root,
 * or why there is none. Impure: part of the door. Worker process.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_FIND_H
#define NETLAB_SERVICES_HTTP_FILE_FIND_H

#include "services/http/http_coding.h"
#include "services/http/http_file_watch.h"
#include "services/http/http_path.h"
#include "services/http/http_store.h"

#include <sys/stat.h>

enum {
	/* Beside enum http_coding: no form that there is would be taken. */
	HTTP_FILE_FIND_REFUSED = HTTP_CODING_COUNT,
};

struct http_file_found {
	/* HTTP_STATUS_OK: FD and STAT are a regular file, or a folder to be
	 * listed, which the caller closes. HTTP_STATUS_MOVED: a folder, written
	 * without its slash. Else WHY says more, and FD is -1. */
	enum http_status status;
	const char *why;
	int fd;
	bool is_folder;
	struct stat stat;
	const char *index; /* the index file that it is; NULL: PATH itself */
	/* The forms that there are of it, as bits of 1 << enum http_coding. 0:
	 * what the client takes makes no difference. */
	uint8_t forms;
	uint8_t coding;             /* of FD; or HTTP_FILE_FIND_REFUSED */
	struct http_file_mark mark; /* as of before it was looked for */
};

/* Of a file with FORMS, the one for CODINGS (http_coding_read): an enum
 * http_coding, or HTTP_FILE_FIND_REFUSED. */
static inline uint8_t
http_file_find_form(uint8_t forms, uint8_t codings)
{
	if (forms == 0 || codings == 0)
		return HTTP_CODING_NONE;
	for (unsigned place = 0; place < HTTP_CODING_COUNT - 1; place++) {
		enum http_coding coding = http_coding_at(codings, place);

		if (coding == HTTP_CODING_NONE)
			break;
		if ((forms & 1 << coding) != 0)
			return (uint8_t)coding;
	}
	return (codings & HTTP_CODING_NO_IDENTITY) != 0
	           ? (uint8_t)HTTP_FILE_FIND_REFUSED
	           : (uint8_t)HTTP_CODING_NONE;
}

/*
 * Finds PATH, decoded of WANTED's; IS_LISTED: a folder without an index is what
 * was asked for. Nothing is reached that the site's rule for symbolic links
 * does not allow: a path without any is walked one name at a time from the open
 * root; any other is resolved by the kernel (http_file_open.h). Never blocks on
 * a FIFO or a device.
 *
 * Where the site has variants, the files FILE.zst, FILE.br and FILE.gz are
 * other forms of FILE, as long as they are not older.
 */
struct http_file_found http_file_find(const struct http_wanted *wanted,
    struct http_file_watch *watch, const struct http_path *path,
    bool is_listed);

#endif
