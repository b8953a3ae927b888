/*
 * service.h — THE contract between a worker and a protocol.
 *
 * A room (daemon/services/<room>/) fills one struct service in its door,
 * <room>.c, and services.c lists it. The worker owns every socket, buffer,
 * deadline and counter; the room turns bytes into bytes. The datagram and
 * stream hooks below never block and never keep a pointer that they were given.
 *
 * Which process: load runs in the loader, dump in one that has loaded and does
 * nothing else; all other hooks in a worker.
 */
#ifndef NETLAB_SERVICE_H
#define NETLAB_SERVICE_H

#include "core/addr.h"
#include "core/conf.h"
#include "core/conf_key.h"
#include "core/image.h"
#include "core/settings.h"
#include "core/span.h"
#include "core/stats.h"
#include "core/sync.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What a service asks of the worker, as data. */
enum service_needs {
	/* datagram.received_ns, and sending.sent_ns: the kernel's own stamps.
	 */
	NEED_RX_TIME = 1 << 0,
	/* Silence to source ports that loop (all below 1024, memcached …) and
	 * to our own ports. */
	NEED_LOOP_GUARD = 1 << 1,
	/* State is shared by all clients: its role has one worker only, which
	 * goes on over reloads that change nothing for it. */
	NEED_ONE_WORKER = 1 << 2,
	/* On streams, nothing is said or timed before the peer's first byte or
	 * its first second: the kernel may keep a connection so long. */
	NEED_PEER_FIRST = 1 << 3,
	/* Of datagrams, an address gets so many answers as the role's section
	 * says. */
	NEED_RATE_LIMIT = 1 << 4,
	/* To datagrams from beyond our own networks, no reply that is longer
	 * (by more than reply_growth). */
	NEED_SHORT_REPLY = 1 << 5,
	/* Of datagrams, replies are so short (below 256 bytes) that all
	 * networks in use take them whole, and may not be cut (RFC 791 §3.2,
	 * "don't fragment"). */
	NEED_WHOLE_REPLY = 1 << 6,
	/* On streams, what the peer does not read waits with the room, not in
	 * the kernel: its buffers are short. */
	NEED_SHORT_BUFFERS = 1 << 7,
	/* On streams, what the peer sends is dropped unread, in the kernel:
	 * input() hears that some came, but has none of it. */
	NEED_NO_INPUT = 1 << 8,
	/* On streams, a peer that is silent is asked now and then whether it is
	 * there, by the kernel: one that has vanished without a word is gone
	 * within two minutes. */
	NEED_KEEPALIVE = 1 << 9,
};

/* ------------------------------------------------------------- loading */

/* What load() is given. All is borrowed for the call. */
struct service_load {
	cfg_t *section;    /* the section that holds this room's keys */
	struct conf *conf; /* for conf_error, conf_line, conf_path */
	struct image_writer
	    *image;      /* begun: the room appends to its own part */
	struct span old; /* the part that the running image has; empty on a
	                    first start */
	int *files; /* folders, logs that start() will need, opened here, before
	               rights are dropped: at most HERITAGE_FILE_MAX */
	size_t file_count; /* set by load(); the loader hands them on */
};

/* The key NAME of the section that load() was given; borrows both. */
static inline struct conf_key
service_load_key(const struct service_load *load, const char *name)
{
	return (struct conf_key){load->conf, load->section, name};
}

struct service_worker; /* opaque: the worker's own, of one service */

/*
 * What a room whose clients hear of one another may ask of its worker, in any
 * of its hooks (WORKER: service_start.worker). All return at once, and none
 * calls the room back before the hook is over.
 */
struct service_calls {
	/* Has input() called with STREAM_WAKE for the stream of SESSION, once
	 * all that was made for it before has been taken by the kernel. Calls
	 * before that are one. The worker may gather wakes for some
	 * milliseconds when it is busy, so that what comes within them leaves
	 * together. Not in close() of that session. */
	void (*wake)(struct service_worker *worker, void *session);
	/* Sends a datagram of at most datagram_max bytes to PEER from LOCAL, as
	 * some struct datagram had them. One that the kernel does not take at
	 * once is dropped. True: it took it. */
	bool (*send)(struct service_worker *worker, const struct addr *local,
	    const struct addr *peer, struct span bytes);
	/* Has timer() called after AFTER_MS (never early, late by 128 at most),
	 * once, in place of an earlier call for this service. 0: not at all. */
	void (*set_timer)(struct service_worker *worker, uint32_t after_ms);
};

/* What start() is given; PART, FILES, WORKER and CALLS live as long as the
 * worker. */
struct service_start {
	struct span part; /* what load() wrote */
	const int *files; /* what load() opened, in its order */
	size_t file_count;
	unsigned slot;       /* of this worker in its role */
	unsigned generation; /* counts reloads, from 1 */
	void *own; /* shared_size bytes, of all workers of this service, zeroed
	              when the daemon started; NULL: none */
	struct sync_page *sync; /* of all workers: how good the clock is */
	const struct settings_role *settings; /* of its role */
	const uint64_t *key;                  /* 128 secret bits of this run */
	struct service_worker *worker;
	const struct service_calls *calls;
};

/* ------------------------------------------------------------- printing */

/* What dump() is given. All is borrowed for the call. */
struct service_dump {
	struct span part; /* what load() wrote; empty: nothing */
	const char *name; /* of what is wanted, as typed */
	FILE *out;
	struct report *report; /* to tell what goes wrong */
};

/* ------------------------------------------------------------ datagrams */

struct datagram {
	struct span bytes;
	const struct addr *peer;  /* where it came from */
	const struct addr *local; /* where it was sent to */
	uint64_t received_ns; /* CLOCK_REALTIME, by the kernel (NEED_RX_TIME),
	                         else 0 */
	uint64_t now_ms;      /* CLOCK_MONOTONIC, of this batch */
	unsigned number;      /* in this batch: below SERVICE_BATCH_MAX */
	size_t reply_max; /* a longer reply will not be sent: datagram_max, or
	                     the question's length and reply_growth
	                     (NEED_SHORT_REPLY) */
};

/* Datagrams that come to a room together. A killed worker takes its batch with
 * it, and beyond 32 the cost of recvmmsg per datagram hardly falls. */
enum { SERVICE_BATCH_MAX = 32 };

struct reply {
	size_t len;       /* bytes written to OUT; 0 with is_silent: no reply */
	bool is_silent;   /* send nothing (an empty datagram is a reply) */
	unsigned outcome; /* index in outcomes[] */
	unsigned mark;    /* the room's own: depart() gets it back */
};

/* A reply that is about to leave. */
struct departure {
	struct space bytes;      /* what answer() wrote; its length is fixed */
	const struct addr *peer; /* where to */
	unsigned mark;           /* of its struct reply */
	uint32_t after_ns; /* it leaves so much after the call, at the least */
	bool is_watched;   /* to be set: sent() is to hear of it (NEED_RX_TIME)
	                    */
};

/* A reply that has left. */
struct sending {
	struct span bytes;
	const struct addr *peer; /* where to; its port may be 0 */
	uint64_t sent_ns;        /* CLOCK_REALTIME, by the kernel */
};

/* -------------------------------------------------------------- streams */

enum stream_event {
	STREAM_OPEN,  /* connected; no bytes yet */
	STREAM_BYTES, /* bytes to read: all that are unread, oldest first */
	STREAM_EOF,   /* the peer has shut down its side; bytes may be left */
	STREAM_ROOM, /* all that was made has been sent (after VERDICT_WRITE) */
	STREAM_TIMEOUT, /* the deadline that input() set has passed */
	STREAM_WAKE,    /* the room has asked for it (service_calls.wake); the
	                   unread bytes are those that input() has left */
};

struct stream {
	enum stream_event event;
	bool is_draining; /* the worker is about to go: make this answer the
	                     last */
	struct span bytes;
	const struct addr *peer;
	const struct addr *local;
	uint64_t now_ms;  /* CLOCK_MONOTONIC */
	uint32_t idle_ms; /* the timeout that the role's section sets for
	                     connections on which nothing moves */
};

enum verdict {
	VERDICT_READ,  /* go on: give me what is left of the input, or wait for
	                  more */
	VERDICT_WRITE, /* call again with STREAM_ROOM when this is sent; read
	                  nothing meanwhile */
	VERDICT_WAIT,  /* send what was made and read nothing: call again with
	                  STREAM_TIMEOUT, after timeout_ms */
	VERDICT_CLOSE, /* send what was made, then close, lingering (RFC 9112
	                  §9.6) */
	VERDICT_DONE, /* as CLOSE, at once: the peer has said all it had to say,
	                 so that closing cannot reset what it has yet to read */
	VERDICT_RESET, /* drop the connection now */
};

/* Bytes of a file, sent behind what was made. The worker closes FD, unless it
 * IS_KEPT: then the room does, not before it is called with STREAM_ROOM. */
struct stream_body {
	int fd; /* -1 or LEN 0: none */
	uint64_t offset;
	uint64_t len;
	bool is_kept;
};

enum { OUTCOME_NONE = 0xffff }; /* no request ended in this call */

struct stream_step {
	enum verdict verdict;
	size_t used;             /* of stream.bytes */
	size_t made;             /* written to OUT */
	struct stream_body body; /* sent after what was made */
	uint32_t timeout_ms;     /* from now; 0: the deadline stays as it is */
	unsigned
	    outcome; /* the request that this call ended, or OUTCOME_NONE */
};

/* ------------------------------------------------------------- the table */

/* One way to reach the service. */
struct endpoint {
	const char *key;     /* in the role's section: "listen", "echo" … */
	unsigned transports; /* 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP */
	bool is_proxied; /* TCP alone: a PROXY header (core/proxy.h) begins each
	                    connection; the room sees the client that it names
	                 */
};

enum { SERVICE_ENDPOINT_MAX = 3 };

struct service {
	const char *name; /* log tag, counter prefix */
	enum role role;   /* which pool runs it, and which section names it */
	struct endpoint listen[SERVICE_ENDPOINT_MAX]; /* those that have a key,
	                                                 which come first; none:
	                                                 it works for the others
	                                                 of its role, and starts
	                                                 with them */
	unsigned needs;                               /* enum service_needs */
	const char *const *outcomes; /* NULL-terminated names of the ways in
	                                which a question can end */
	cfg_opt_t *options;  /* this room's keys beside LISTEN, ending in
	                        CFG_END; NULL: none */
	size_t datagram_max; /* longest question and longest reply, in bytes */
	size_t reply_growth; /* bytes by which NEED_SHORT_REPLY lets a reply be
	                        longer */
	size_t session_size; /* bytes that each connection carries for the room,
	                        zeroed at STREAM_OPEN */
	size_t step_space;   /* input() is only called with at least this much
	                        room in OUT */
	size_t shared_size;  /* bytes that all its workers share, over crashes
	                        and reloads (service_start.own) */

	/* On streams, what clients are told, lines with their ends, whom the
	 * worker closes at once: max_connections are open, or as many of the
	 * same address as it may have. NULL: nothing; and instead of the
	 * former, they wait. */
	const char *full, *too_many;

	/* Checks SECTION, writes the room's part. Mistakes go to the report;
	 * what is wrong with one zone or file need not stop the rest. With
	 * NEED_ONE_WORKER the same configuration makes the same part, byte by
	 * byte. NULL: the part is empty. */
	void (*load)(struct service_load *load);

	/* Writes what the part holds by that name as text from which load()
	 * would make the same, and flushes it (netlabd --dump-zone). False: it
	 * could not, as told. NULL: the part has no text. */
	bool (*dump)(const struct service_dump *dump);

	/* The state that answer and input get; NULL stands for failure where
	 * START is set (told to the log; the worker exits). Owned by the
	 * worker's life. */
	void *(*start)(const struct service_start *start);

	/* A batch of which answer() gets the datagrams next, some or all, in
	 * this order: a room may read them ahead, so that what all of them
	 * wait for in memory comes at once. COUNT ≤ SERVICE_BATCH_MAX. NULL:
	 * it does not. */
	void (*read_ahead)(
	    void *state, const struct span *datagrams, unsigned count);

	/* One datagram in, at most one out. OUT.cap ≥ datagram_max. */
	struct reply (*answer)(
	    void *state, const struct datagram *question, struct space out);

	/* The same, of a question beyond its source's rate (NEED_RATE_LIMIT),
	 * of which each source gets one to see now and then; its outcome counts
	 * in place of the guard's, unless it is OUTCOME_NONE: then it is
	 * silent. NULL: silence. */
	struct reply (*limited)(
	    void *state, const struct datagram *question, struct space out);

	/* The last touch to COUNT replies, in the order of their answer()s, as
	 * late as the worker can call it: they leave next, in one call to the
	 * kernel. NULL: they are ready. */
	void (*depart)(
	    void *state, struct departure *departures, unsigned count);

	/* A reply for which depart() set is_watched has left. May come late, in
	 * another worker, or never (not if it is longer than 256 bytes). */
	void (*sent)(void *state, const struct sending *sending);

	/* One step of a stream. Called again while it uses or makes something.
	 * However the bytes are cut into calls, the bytes made are the same.
	 * NULL where streams are listened for: each gets what answer() says to
	 * an empty datagram (of no limited(), no depart()), and is closed; what
	 * the peer sends is read and dropped. */
	struct stream_step (*input)(void *state, void *session,
	    const struct stream *stream, struct space out);

	/* The connection is over, however it ended: release what the session
	 * holds. NULL: it holds nothing. */
	void (*close)(void *state, void *session);

	/* The time that the room set has come (service_calls.set_timer). NULL:
	 * it sets none. */
	void (*timer)(void *state, uint64_t now_ms);

	/* The worker is about to go: IS_STOPPING with the daemon, otherwise
	 * for a next generation's, which clients may come to. Streams that the
	 * room wakes now are still called. NULL: it does not care. */
	void (*drain)(void *state, bool is_stopping);

	/* A descriptor of the room's own to watch (inotify), or -1; and what
	 * to do, before anything else in that turn, when it is readable. NULL:
	 * none. */
	int (*watch)(void *state);
	void (*watched)(void *state);

	/* Writes out what the room gathers (a log): called within a second of
	 * any hook that ran, and before the worker ends. NULL: nothing. */
	void (*flush)(void *state);
};

/* services.c: the table, and its length. The order is part of the image. */
extern const struct service *const services[];
extern const unsigned services_count;

#endif
