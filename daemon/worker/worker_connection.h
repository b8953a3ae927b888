/*
 * worker_connection.h — one connection and its two directions. Shared by
 * worker_pool.c (its memory), worker_accept.c (where it comes from),
 * worker_proxy.c (who it is for), worker_stream.c (its life), worker_input.c
 * (kernel → input), worker_step.c (input → room → output) and worker_output.c
 * (output → kernel); private to these.
 */
#ifndef NETLAB_WORKER_CONNECTION_H
#define NETLAB_WORKER_CONNECTION_H

#include "worker/outcome.h"
#include "worker/worker_accept.h"
#include "worker/worker_address.h"
#include "worker/worker_loop.h"
#include "worker/worker_notice.h"
#include "worker/worker_wake.h"

enum {
	/* The longest piece of input that a room can ask to see whole: a DNS
	 * message with its length (RFC 1035 §4.2.2), and a bit. */
	CONNECTION_INPUT_MAX = 66 * 1024,
	/* Replies are gathered up to here, then sent. */
	CONNECTION_GATHER_MAX = 64 * 1024,
	/* What one call of a room may ask for in struct service.step_space. */
	CONNECTION_STEP_SPACE_MAX = 128 * 1024,
};

enum connection_state {
	CONNECTION_NEW, /* no room has heard of it: its client is not known */
	CONNECTION_OPEN,
	CONNECTION_CLOSING,   /* send what is left, then linger */
	CONNECTION_FINISHING, /* send what is left, then close */
	CONNECTION_LINGERING, /* our side is shut down: read until theirs is */
	CONNECTION_CLOSED,    /* waits for the end of the turn */
};

struct connection {
	struct worker_source source;
	struct worker_deadline deadline;
	struct worker_service *service;
	struct connection *next,
	    *previous; /* of all that are open; free list */
	struct connection *next_ready, *next_woken;
	struct addr peer, local;
	uint8_t *held;   /* unread input */
	uint8_t *unsent; /* output that the kernel did not take */
	uint32_t held_len, unsent_len, unsent_at;
	struct stream_body body; /* goes out behind UNSENT */
	uint32_t timeout_ms;     /* as the room set it last */
	uint32_t interest;       /* epoll events asked for; 0: not in the set */
	uint64_t given; /* bytes that the kernel had still to send as DEADLINE
	                   was set for the reader, and took since */
	uint32_t lingered;   /* bytes read and dropped while lingering */
	uint8_t state;       /* enum connection_state */
	bool is_eof;         /* the peer has shut down its side */
	bool wants_room;     /* VERDICT_WRITE: STREAM_ROOM when all is sent */
	bool is_waiting;     /* VERDICT_WAIT: STREAM_TIMEOUT is to come */
	bool is_fresh;       /* just accepted: not read from yet */
	bool is_ready;       /* on the ready list */
	bool is_woken;       /* STREAM_WAKE is to come (worker_wake.h) … */
	bool is_wake_listed; /* … in the next round */
	bool is_counted;     /* in pool->addresses */
	bool is_corked;      /* TCP_CORK is set: a long file is being sent */
	bool is_sending;     /* output waits; DEADLINE is that of the reader */
	_Alignas(16) uint8_t session[];
};

/* A shortage lasts from the first pause for it until accepting goes well. */
struct worker_shortage_state {
	struct worker_notice notice;
	bool is_on, is_said;
};

/* What all connections of a worker share. */
struct worker_stream_pool {
	uint8_t *in;  /* CONNECTION_INPUT_MAX: the input of one turn */
	uint8_t *out; /* gathered output, sent before the turn ends */
	size_t out_len;
	struct connection *all; /* open ones */
	struct connection *closed;
	struct connection *ready, **ready_tail;
	struct worker_wakes wakes;
	struct connection *spare[STATS_SERVICE_MAX]; /* per worker service */
	unsigned count, max;
	uint32_t send_timeout_ms, idle_timeout_ms;
	uint32_t max_per_address;          /* 0: no limit, and no table */
	struct worker_addresses addresses; /* of the open ones */
	bool is_paused; /* listeners disarmed: no room or no descriptors */
	struct worker_deadline resume;
	struct worker_shortage_state shortages[WORKER_SHORTAGE_COUNT];
	struct worker_notice refusals[OUTCOME_REFUSAL_COUNT];
};

enum connection_flush {
	FLUSH_DONE,
	FLUSH_BLOCKED, /* the rest is kept; EPOLLOUT will tell */
	FLUSH_DEAD,    /* the connection is gone */
};

/* Whether the room has none of what the peer sends. */
static inline bool
worker_input_is_dropped(const struct connection *connection)
{
	return (connection->service->service->needs & NEED_NO_INPUT) != 0;
}

/* Reads what the peer has sent behind the held input in pool->in, or drops it;
 * returns how much, as recv(2), which is never interrupted. */
ssize_t worker_input_receive(
    struct worker *worker, const struct connection *connection);

/* Drops what the peer has sent. */
void worker_input_drop(const struct connection *connection);

/* Drops what the peer still sends after our close, until its end or until it is
 * too much: then CONNECTION is dropped itself. */
void worker_input_linger(struct worker *worker, struct connection *connection);

/* Sends what CONNECTION has unsent, then what was gathered, then its file. */
enum connection_flush worker_output_flush(
    struct worker *worker, struct connection *connection);

/* Whether CONNECTION's reader, whose deadline has come, has taken enough to be
 * waited for once more: the deadline is set anew. False: it is to be cut off,
 * and counted. */
bool worker_output_may_go_on(
    struct worker *worker, struct connection *connection);

/* True while output waits for the kernel. */
static inline bool
worker_output_is_blocked(const struct connection *connection)
{
	return connection->unsent_len > 0 || connection->body.len > 0;
}

/* Runs the room over the held input and COUNT new bytes that lie behind it in
 * pool->in, beginning with EVENT; sends what it makes. */
void worker_step_run(struct worker *worker, struct connection *connection,
    enum stream_event event, size_t count);

/* Copies the held input to pool->in, where new bytes go behind it. */
void worker_step_load(struct worker *worker, struct connection *connection);

/* Keeps LEFT, unread input, until there is more of it; with none, lets go of
 * what was held. False: no memory. */
bool worker_step_hold(struct connection *connection, struct span left)
    __attribute__((warn_unused_result));

/* Makes a connection of FD, which it owns, and PEER. False: no memory, and FD
 * is closed. */
bool worker_stream_open(struct worker *worker,
    const struct worker_listener *listener, int fd, const struct addr *peer);

/* CONNECTION's client is known: tells the room, unless that client has too many
 * of them. */
void worker_stream_begin(struct worker *worker, struct connection *connection);

/* Ends CONNECTION now. The memory stays until the turn is over. */
void worker_stream_drop(struct worker *worker, struct connection *connection);

/* Shuts our side down and waits for theirs (RFC 9112 §9.6). */
void worker_stream_linger(struct worker *worker, struct connection *connection);

/* Waits for CONNECTION's input, all its output being out. While the daemon
 * stops, one that is between two questions is let go instead. */
void worker_stream_rest(struct worker *worker, struct connection *connection);

/* Has epoll tell of EVENTS on CONNECTION. */
void worker_stream_want(
    struct worker *worker, struct connection *connection, uint32_t events);

/* Goes on with CONNECTION's held input in the next turn. */
void worker_stream_queue(struct worker *worker, struct connection *connection);

#endif
