/* worker_reserve.c — descriptors that no client can use up. */
#include "worker/worker_reserve.h"

#include "core/control.h"
#include "core/log.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

enum {
	/* Of the limit: where it is low, most of it is the clients'. */
	RESERVE_PART = 4,
};

/* The limit is read each time, for an administrator may change it under us
 * (prlimit(1)); 0: it cannot be read. */
static struct rlimit
limit_now(void)
{
	struct rlimit limit = {0, 0};

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		log_warn("getrlimit: %s", strerror(errno));
	return limit;
}

static bool
set_limit(struct rlimit limit, rlim_t soft)
{
	limit.rlim_cur = soft;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

/* Sockets that the role has in all its slots. */
static rlim_t
socket_count(const struct worker *worker)
{
	const struct settings *settings = worker->settings;
	enum role role = worker->heritage->role;
	rlim_t count = 0;

	for (uint32_t i = 0; i < settings->listen_count; i++)
		if (services[settings->listens[i].service]->role == role)
			count += settings->roles[role].workers;
	return count;
}

void
worker_reserve_init(struct worker *worker)
{
	struct rlimit limit = limit_now();
	rlim_t wanted = socket_count(worker) + CONTROL_SOCKET_MAX;

	worker->reserve = wanted < limit.rlim_cur / RESERVE_PART
	                      ? wanted
	                      : limit.rlim_cur / RESERVE_PART;
	/* Where a filter forbids it, there is none, and nothing to be said: a
	 * socket is lost only where clients use up all that there is. */
	if (limit.rlim_cur == 0 ||
	    !set_limit(limit, limit.rlim_cur - worker->reserve))
		worker->reserve = 0;
}

void
worker_reserve_lift(struct worker *worker)
{
	struct rlimit limit = limit_now();
	rlim_t room = limit.rlim_max - limit.rlim_cur;

	worker->lifted = worker->reserve < room ? worker->reserve : room;
	if (!set_limit(limit, limit.rlim_cur + worker->lifted))
		worker->lifted = 0;
}

void
worker_reserve_lower(struct worker *worker)
{
	struct rlimit limit = limit_now();

	if (limit.rlim_cur > worker->lifted)
		set_limit(limit, limit.rlim_cur - worker->lifted);
}
