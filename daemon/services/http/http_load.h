/* http_load.h — the http section → the room's part of the image, and back.
 * Impure: part of the door. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_H
#define NETLAB_SERVICES_HTTP_LOAD_H

#include "service.h"
#include "services/http/http_load_memory.h"
#include "services/http/http_mime.h"
#include "services/http/http_store.h"

/* struct service.options and .load. Loader process. */
extern cfg_opt_t http_load_options[];
void http_load(struct service_load *load);

enum http_load_log_kind {
	HTTP_LOAD_LOG_OFF,
	HTTP_LOAD_LOG_SYSLOG,
	HTTP_LOAD_LOG_FILE,
};

/* Where the access log goes, and how. */
struct http_load_log {
	enum http_load_log_kind kind;
	int fd;       /* HTTP_LOAD_LOG_FILE: open for appending, never to block;
	                 not the room's to close */
	bool is_json; /* else combined */
};

/* All that the section says. Pointers are into the part, or into MEMORY. In a
 * worker it lives as long as the worker. */
struct http_loaded {
	struct http_sites sites;
	struct http_mimes mimes; /* of the file; may be empty */
	struct http_limits limits;
	struct span always; /* struct http_stamp.fields */
	struct http_load_log access_log;
	uint32_t cache_entries; /* that http_file_cache keeps at most */
	uint64_t cache_size;    /* bytes that it takes at most */
	bool accepts_bare_lf;
	struct http_load_memory memory;
};

/* Appends LOADED to the image, as the room's part. False: no memory. Loader. */
bool http_load_write(struct image_writer *image,
    const struct http_loaded *loaded) __attribute__((warn_unused_result));

/*
 * Reads what http_load_write wrote into LOADED, which borrows START's part and
 * descriptors. False: the part is not what http_load_write makes, or memory is
 * short; LOADED holds nothing then. Worker.
 */
bool http_load_read(const struct service_start *start,
    struct http_loaded *loaded) __attribute__((warn_unused_result));

#endif
