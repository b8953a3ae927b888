/* worker_input.c — kernel → input, or nowhere. */
#include "worker/worker_connection.h"

#include <errno.h>
#include <sys/socket.h>

enum {
	/* For how many bytes a peer that has not noticed our close is read on:
	 * see LINGER_MS. */
	LINGER_BYTES = 1024 * 1024,
	/* Dropped of one connection's input in one turn, at most. */
	DROP_MAX = 1024 * 1024,
};

/* Uncopied: tcp(7), MSG_TRUNC. */
static ssize_t
drop(const struct connection *connection)
{
	return recv(
	    connection->source.fd, NULL, DROP_MAX, MSG_DONTWAIT | MSG_TRUNC);
}

static ssize_t
receive(struct worker *worker, const struct connection *connection)
{
	size_t held = connection->held_len;

	if (worker_input_is_dropped(connection))
		return drop(connection);
	return recv(connection->source.fd, worker->streams->in + held,
	    CONNECTION_INPUT_MAX - held, MSG_DONTWAIT);
}

ssize_t
worker_input_receive(struct worker *worker, const struct connection *connection)
{
	ssize_t received;

	do
		received = receive(worker, connection);
	while (received == -1 && errno == EINTR);
	return received;
}

void
worker_input_drop(const struct connection *connection)
{
	(void)drop(connection);
}

void
worker_input_linger(struct worker *worker, struct connection *connection)
{
	ssize_t received = drop(connection);

	if (received == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (received > 0) {
		connection->lingered += (uint32_t)received;
		/* Who sends to a service that never listened has done nothing
		 * odd. */
		if (connection->lingered < LINGER_BYTES ||
		    worker_input_is_dropped(connection))
			return;
	}
	worker_stream_drop(worker, connection);
}
