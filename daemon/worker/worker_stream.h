/*
 * worker_stream.h — connections: buffers, deadlines, half-close,
 * several replies gathered in one send, files by sendfile, lingering close.
 */
#ifndef NETLAB_WORKER_STREAM_H
#define NETLAB_WORKER_STREAM_H

#include "worker/worker_loop.h"

/* Once a turn: goes on with connections that had more to do than a turn
 * allows, runs the deadlines that are due. */
void worker_stream_run_ready(struct worker *worker);
void worker_stream_run_deadlines(struct worker *worker);

/* Closes the connections that are between two questions; the others end with
 * the answer at which they are. */
void worker_stream_close_idle(struct worker *worker);

bool worker_stream_has_ready(const struct worker *worker);
unsigned worker_stream_count(const struct worker *worker);

#endif
