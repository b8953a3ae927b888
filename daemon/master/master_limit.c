/* master_limit.c — resource limits. */
#include "master/master_limit.h"

#include "core/log.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

enum {
	/* Image, epoll, log, directories, control, and a master's sockets to
	 * its workers. */
	RESERVE = 256,
};

/* Descriptors of the role that needs most, the connections' own and then, with
 * FILE_EACH, an open file for each. The master, which holds every slot's
 * sockets, is covered as well. */
static rlim_t
need(const struct settings *settings, rlim_t each)
{
	rlim_t connections = 0, sockets = 0;

	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (settings->roles[i].workers > 0 &&
		    settings->roles[i].max_connections > connections)
			connections = settings->roles[i].max_connections;
	for (uint32_t i = 0; i < settings->listen_count; i++)
		sockets += SETTINGS_WORKERS_MAX;
	return connections * each + sockets + RESERVE;
}

void
master_limit_raise(const struct settings *settings)
{
	static const struct rlimit none = {0, 0};
	rlim_t least = need(settings, 1), best = need(settings, 2);
	struct rlimit limit;

	setrlimit(RLIMIT_CORE, &none);
	if (getrlimit(RLIMIT_NOFILE, &limit) == -1) {
		log_warn("getrlimit: %s", strerror(errno));
		return;
	}
	if (limit.rlim_cur >= best)
		return;
	struct rlimit wanted = {
	    .rlim_cur = best,
	    .rlim_max = limit.rlim_max > best ? limit.rlim_max : best,
	};

	if (setrlimit(RLIMIT_NOFILE, &wanted) == 0)
		return;
	/* Not root: as far as we may. */
	limit.rlim_cur = limit.rlim_max < best ? limit.rlim_max : best;
	if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
		getrlimit(RLIMIT_NOFILE, &limit); /* a filter forbids it */
	if (limit.rlim_cur < least)
		log_warn("%s: max_connections may need %llu open files, and "
		         "the limit is %llu",
		    settings->file, (unsigned long long)least,
		    (unsigned long long)limit.rlim_cur);
}
