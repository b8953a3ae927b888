/*
 * http_load_part.h — the room's part of the image: what http_load_write writes
 * and http_load_read reads. No pointers: all places are counted from the part's
 * start, where struct http_part is.
 */
#ifndef NETLAB_SERVICES_HTTP_LOAD_PART_H
#define NETLAB_SERVICES_HTTP_LOAD_PART_H

#include <stdint.h>

/* "http", and 1 for this layout. */
#define HTTP_LOAD_PART_MAGIC 0x68747401u

/* LEN bytes, and a NUL behind them. */
struct http_part_text {
	uint32_t at, len;
};

/* COUNT structs of the kind that the comment names, aligned to 8. */
struct http_part_list {
	uint32_t at, count;
};

struct http_part_user {
	struct http_part_text name, hash;
};

struct http_part_location {
	struct http_part_text prefix, fields, redirect, realm;
	struct http_part_list users; /* http_part_user */
	uint32_t redirect_status;    /* enum http_status */
	uint8_t is_listed, is_lab;
	uint8_t unused[2];
};

struct http_part_page {
	struct http_part_text path;
	uint32_t status; /* enum http_status */
	uint32_t unused;
};

/* The descriptor of site N's root is the N-th. */
struct http_part_site {
	struct http_part_text name;
	struct http_part_list indexes;   /* http_part_text */
	struct http_part_list locations; /* http_part_location */
	struct http_part_list pages;     /* http_part_page */
	uint32_t symlinks;               /* enum http_symlinks */
	uint32_t has_variants;
};

struct http_part_host {
	struct http_part_text name;
	uint32_t site, unused;
};

struct http_part_mime {
	struct http_part_text extension, type;
};

struct http_part {
	uint32_t magic;
	uint32_t accepts_bare_lf;
	uint32_t log_kind; /* enum http_load_log_kind; the descriptor of a file
	                      is behind those of the sites */
	uint32_t log_is_json;
	uint32_t head_ms, body_ms, idle_ms;
	uint32_t cache_entries;
	uint64_t cache_size;
	struct http_part_text always;
	struct http_part_list sites; /* http_part_site */
	struct http_part_list hosts; /* http_part_host */
	struct http_part_list mimes; /* http_part_mime */
};

#endif
