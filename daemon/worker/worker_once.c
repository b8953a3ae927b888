/* worker_once.c — a connection as an empty datagram. */
#include "worker/worker_once.h"

#include "worker/worker_connection.h"

#include <assert.h>

struct stream_step
worker_once(const struct worker_service *service, const struct stream *stream,
    struct space out)
{
	const struct service *room = service->service;
	const struct datagram question = {
	    .peer = stream->peer,
	    .local = stream->local,
	    .now_ms = stream->now_ms,
	    .reply_max = room->datagram_max,
	};

	assert(out.cap >= room->datagram_max);
	struct reply reply = room->answer(service->state, &question,
	    (struct space){out.data, room->datagram_max});

	return (struct stream_step){
	    .verdict = VERDICT_CLOSE,
	    .used = stream->bytes.len,
	    .made = reply.is_silent ? 0 : reply.len,
	    .body.fd = -1,
	    .outcome = reply.outcome,
	};
}

void
worker_once_make_room(struct worker *worker)
{
	struct connection *connection = worker->streams->all;

	while (connection != NULL) {
		struct connection *next = connection->next;

		if (connection->state == CONNECTION_LINGERING &&
		    connection->service->service->input == NULL)
			worker_stream_drop(worker, connection);
		connection = next;
	}
}
