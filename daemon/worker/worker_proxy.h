/*
 * worker_proxy.h — connections that a proxy makes for others: who is believed,
 * and the header (core/proxy.h) that comes ahead of the client's own bytes.
 */
#ifndef NETLAB_WORKER_WORKER_PROXY_H
#define NETLAB_WORKER_WORKER_PROXY_H

#include "worker/outcome.h"
#include "worker/worker_loop.h"

struct connection;

/* Whether PEER is among the role's proxy_from. */
bool worker_proxy_is_trusted(
    const struct worker *worker, const struct addr *peer);

/* Counts a connection of PEER that ends before its room has heard of it, and
 * says why in the log, once a minute at most. */
void worker_proxy_refuse(struct worker *worker,
    const struct worker_service *service, enum outcome_refusal why,
    const struct addr *peer);

/* Waits for CONNECTION's header, for a few seconds at most; then the room is
 * told of the client that the header names (worker_stream_begin). */
void worker_proxy_begin(struct worker *worker, struct connection *connection);

/* The header did not come in time. */
void worker_proxy_expire(struct worker *worker, struct connection *connection);

#endif
