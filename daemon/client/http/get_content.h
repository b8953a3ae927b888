/* get_content.h — where the content of a response goes, piece by piece as it
 * comes: however much it is, little of it is kept. */
#ifndef NETLAB_CLIENT_HTTP_GET_CONTENT_H
#define NETLAB_CLIENT_HTTP_GET_CONTENT_H

#include "client/options.h"
#include "client/plain_stream.h"
#include "client/screen.h"
#include "core/span.h"

#include <stdint.h>
#include <stdio.h>

enum { GET_CONTENT_KEPT_MAX = 65536 };

enum get_content_place {
	GET_CONTENT_NOWHERE,
	GET_CONTENT_OUT,    /* standard output, byte by byte */
	GET_CONTENT_SCREEN, /* a terminal: harmless text */
	GET_CONTENT_FILE,   /* -o */
	GET_CONTENT_KEPT,   /* --json: the beginning, to be shown at the end */
};

struct get_content {
	enum get_content_place place;
	FILE *file;
	const char *file_name;
	uint64_t len; /* bytes that came */
	struct plain_stream stream;
	uint8_t kept[GET_CONTENT_KEPT_MAX];
};

/* Nothing has come yet. -o FILE is created here. Returns VERB_GOOD; VERB_USAGE
 * and has complained: it cannot be. */
int get_content_open(struct get_content *content, const struct options *options,
    const struct screen *screen) __attribute__((warn_unused_result));

/* Takes PIECE. Returns VERB_GOOD; VERB_USAGE and has complained: -o's file
 * cannot be written; VERB_MALFORMED: standard output cannot, which main
 * complains about. */
int get_content_take(struct get_content *content, struct span piece)
    __attribute__((warn_unused_result));

/* The last of it. Returns as get_content_take does. */
int get_content_close(struct get_content *content)
    __attribute__((warn_unused_result));

#endif
