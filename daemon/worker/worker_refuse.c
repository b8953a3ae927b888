/* worker_refuse.c — clients for whom there is no place hear so. */
#include "worker/worker_refuse.h"

#include "core/log.h"
#include "core/stats.h"
#include "worker/outcome.h"
#include "worker/worker_connection.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* Of what it has said already, so much is taken off the socket: what
	 * is left there when it is closed would reset the connection, and
	 * destroy our word (RFC 9112 §9.6). */
	DROP_MAX = 64 * 1024,
};

void
worker_refuse_say(int fd, const char *text)
{
	if (text == NULL)
		return;
	(void)recv(fd, NULL, DROP_MAX, MSG_DONTWAIT | MSG_TRUNC);
	(void)send(fd, text, strlen(text), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void
worker_refuse_full(
    struct worker *worker, const struct worker_service *service, int fd)
{
	struct worker_stream_pool *pool = worker->streams;
	uint64_t unsaid;

	stats_add(&service->stats->refusals[OUTCOME_REFUSAL_FULL], 1);
	worker_refuse_say(fd, service->service->full);
	close(fd);
	if (worker_notice_is_due(
	        &pool->refusals[OUTCOME_REFUSAL_FULL], worker->now_ms, &unsaid))
		log_warn("max_connections is reached: %u are open, and others "
		         "are turned away (%" PRIu64
		         " since the last such line)",
		    pool->count, unsaid);
}
