/* chargen_stream.h — RFC 864, "TCP Based Character Generator Service": how much
 * of the text leaves when. Pure. */
#ifndef NETLAB_SERVICES_CHARGEN_STREAM_H
#define NETLAB_SERVICES_CHARGEN_STREAM_H

#include "service.h"

enum {
	/* Made in one step, and held for one who does not read: at most. */
	CHARGEN_STREAM_STEP = 16 * 1024,
};

/* What a connection may have. */
struct chargen_stream_limits {
	uint64_t rate;  /* bytes a second; 0: as many as it takes */
	uint64_t total; /* bytes; 0: without end */
};

/* A connection; zeroes at its start. */
struct chargen_stream {
	uint64_t sent;   /* bytes */
	uint64_t due_us; /* when the rate allows more */
	uint32_t line;   /* the next */
};

/*
 * Makes the next lines of STREAM's text in OUT, whole ones, whatever has
 * happened: VERDICT_WRITE; VERDICT_WAIT while the rate allows none;
 * VERDICT_CLOSE when LIMITS allow no further line, or the worker is draining.
 * OUT has room for CHARGEN_STREAM_STEP bytes.
 */
struct stream_step chargen_stream_step(struct chargen_stream *session,
    const struct chargen_stream_limits *limits, const struct stream *stream,
    struct space out);

#endif
