/* master_loop.c — one epoll: source → handler. */
#include "master/master_loop.h"

#include "master/master_admin.h"
#include "master/master_check.h"
#include "master/master_pool.h"
#include "master/master_reload.h"
#include "master/master_signal.h"
#include "master/master_timer.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

static void (*const handlers[])(struct master *, struct master_source *) = {
    [MASTER_SOURCE_SIGNAL] = master_signal_receive,
    [MASTER_SOURCE_TIMER] = master_timer_expired,
    [MASTER_SOURCE_LOADER] = master_reload_collect,
    [MASTER_SOURCE_CHECK] = master_check_receive,
    [MASTER_SOURCE_ADMIN] = master_admin_accept,
    [MASTER_SOURCE_ADMIN_PEER] = master_admin_receive,
    [MASTER_SOURCE_WORKER] = master_pool_receive,
};

bool
master_loop_open(struct master *master)
{
	master_assert(master);
	master->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (master->epoll == -1) {
		log_error("epoll_create1: %s", strerror(errno));
		return false;
	}
	if (!master_signal_open(master) || !master_timer_open(master) ||
	    !master_loop_watch(master, &master->signals) ||
	    !master_loop_watch(master, &master->timer)) {
		log_error(
		    "the event loop cannot be set up: %s", strerror(errno));
		return false;
	}
	return true;
}

bool
master_loop_watch(struct master *master, struct master_source *source)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};

	return epoll_ctl(master->epoll, EPOLL_CTL_ADD, source->fd, &event) == 0;
}

void
master_loop_forget(struct master *master, struct master_source *source)
{
	if (source->fd != -1)
		epoll_ctl(master->epoll, EPOLL_CTL_DEL, source->fd, NULL);
}

void
master_loop_run(struct master *master)
{
	master_assert(master);
	while (!master->is_done) {
		/* One at a time: a handler may free the source of an event
		 * that would come later in the same batch. */
		struct epoll_event event;

		master_timer_set(master);
		int count = epoll_wait(master->epoll, &event, 1, -1);

		if (count == 1) {
			struct master_source *source = event.data.ptr;

			handlers[source->kind](master, source);
		} else if (count == -1 && errno != EINTR) {
			log_error("epoll_wait: %s", strerror(errno));
			master->exit_status = 1;
			return;
		}
	}
}
