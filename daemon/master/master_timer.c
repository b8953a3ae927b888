/* master_timer.c — the one timer. */
#include "master/master_timer.h"

#include "master/master_hang.h"
#include "master/master_pool.h"
#include "master/master_state.h"
#include "master/master_store.h"
#include "master/master_watchdog.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>

bool
master_timer_open(struct master *master)
{
	master->timer = (struct master_source){
	    .fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC),
	    .kind = MASTER_SOURCE_TIMER,
	};
	return master->timer.fd != -1;
}

void
master_timer_set(struct master *master)
{
	uint64_t next = master_pool_next_ms(master);
	uint64_t others[] = {
	    master_hang_next_ms(master),
	    master_watchdog_next_ms(master),
	    master_store_next_ms(master),
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i] < next)
			next = others[i];
	if (master->deadline_ms != 0 && master->deadline_ms < next)
		next = master->deadline_ms;
	/* All zero disarms it. */
	struct itimerspec when = {0};

	if (next != UINT64_MAX) {
		when.it_value.tv_sec = (time_t)(next / 1000);
		when.it_value.tv_nsec = (long)(next % 1000) * 1000000;
	}
	if (timerfd_settime(master->timer.fd, TFD_TIMER_ABSTIME, &when, NULL) ==
	    -1)
		log_error("timerfd_settime: %s", strerror(errno));
}

void
master_timer_expired(struct master *master, struct master_source *source)
{
	uint64_t now_ms = master_now_ms(), expirations;

	master_assert(master);
	/* EAGAIN: it has been set anew since. Whatever is due is done. */
	if (read(source->fd, &expirations, sizeof(expirations)) == -1 &&
	    errno != EAGAIN && errno != EINTR)
		log_error("timer: %s", strerror(errno));
	if (master->deadline_ms != 0 && master->deadline_ms <= now_ms) {
		master->deadline_ms = 0;
		master_state_event(master, MASTER_EVENT_LATE);
	}
	master_hang_tick(master, now_ms);
	master_pool_tick(master, now_ms);
	master_watchdog_tick(master, now_ms);
	master_store_tick(master, now_ms);
}
