/* worker_pool.c — what all connections of a worker share. */
#include "worker/worker_pool.h"

#include "core/stats.h"
#include "worker/outcome.h"
#include "worker/worker_accept.h"
#include "worker/worker_connection.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum {
	/* Connections that one allocation makes. */
	CHUNK = 64,
};

/* Only a limit needs the table. */
static bool
init_addresses(struct worker_stream_pool *pool, uint32_t max_per_address)
{
	struct worker_address_entry *entries =
	    calloc(worker_address_places(pool->max), sizeof(*entries));
	uint64_t seeds[2];

	if (entries == NULL || getrandom(seeds, sizeof(seeds), 0) == -1) {
		free(entries);
		return false;
	}
	worker_address_init(&pool->addresses, entries, pool->max, seeds);
	pool->max_per_address = max_per_address;
	return true;
}

bool
worker_pool_init(struct worker *worker)
{
	const struct settings_role *role =
	    &worker->settings->roles[worker->heritage->role];
	struct worker_stream_pool *pool = calloc(1, sizeof(*pool));

	if (pool == NULL)
		return false;
	pool->in = malloc(CONNECTION_INPUT_MAX);
	pool->out =
	    malloc((size_t)CONNECTION_GATHER_MAX + CONNECTION_STEP_SPACE_MAX);
	if (pool->in == NULL || pool->out == NULL)
		return false; /* the worker is about to exit */
	pool->max = role->max_connections;
	pool->send_timeout_ms = role->send_timeout * 1000;
	pool->idle_timeout_ms = role->idle_timeout * 1000;
	pool->ready_tail = &pool->ready;
	worker->streams = pool;
	return role->max_per_address == 0 ||
	       init_addresses(pool, role->max_per_address);
}

struct connection *
worker_pool_take(struct worker *worker, struct worker_service *service)
{
	struct connection **spare =
	    &worker->streams->spare[service - worker->services];
	size_t size =
	    (sizeof(struct connection) + service->service->session_size + 15) /
	    16 * 16;

	if (*spare == NULL) {
		uint8_t *chunk = aligned_alloc(16, size * CHUNK);

		if (chunk == NULL)
			return NULL;
		for (size_t i = 0; i < CHUNK; i++) {
			struct connection *one =
			    (struct connection *)(void *)(chunk + i * size);

			one->next = *spare;
			*spare = one;
		}
	}
	struct connection *connection = *spare;

	*spare = connection->next;
	memset(connection, 0, size);
	return connection;
}

void
worker_pool_add(struct worker *worker, struct connection *connection)
{
	struct worker_stream_pool *pool = worker->streams;

	connection->next = pool->all;
	if (pool->all != NULL)
		pool->all->previous = connection;
	pool->all = connection;
	pool->count++;
}

bool
worker_pool_admit(struct worker *worker, struct connection *connection)
{
	struct worker_stream_pool *pool = worker->streams;

	/* Whoever may ask as often as he likes may do so side by side. */
	if (pool->max_per_address == 0 ||
	    prefix_table_find(&worker->limit.exempt, &connection->peer) != 0)
		return true;
	connection->is_counted = worker_address_enter(
	    &pool->addresses, &connection->peer, pool->max_per_address);
	if (!connection->is_counted)
		stats_add(&connection->service->stats
		               ->refusals[OUTCOME_REFUSAL_ADDRESS],
		    1);
	return connection->is_counted;
}

void
worker_pool_remove(struct worker *worker, struct connection *connection)
{
	struct worker_stream_pool *pool = worker->streams;

	if (connection->is_counted)
		worker_address_leave(&pool->addresses, &connection->peer);
	if (connection->previous != NULL)
		connection->previous->next = connection->next;
	else
		pool->all = connection->next;
	if (connection->next != NULL)
		connection->next->previous = connection->previous;
	connection->next = pool->closed;
	pool->closed = connection;
	pool->count--;
}

void
worker_pool_recycle(struct worker *worker)
{
	struct worker_stream_pool *pool = worker->streams;
	struct connection *connection = pool->closed;

	if (connection != NULL && pool->is_paused)
		worker_accept_resume(worker);
	pool->closed = NULL;
	while (connection != NULL) {
		struct connection *next = connection->next;
		struct connection **spare =
		    &pool->spare[connection->service - worker->services];

		/* One that is queued still would be freed twice. */
		if (connection->is_ready || connection->is_wake_listed) {
			connection->next = pool->closed;
			pool->closed = connection;
		} else {
			connection->next = *spare;
			*spare = connection;
		}
		connection = next;
	}
}
