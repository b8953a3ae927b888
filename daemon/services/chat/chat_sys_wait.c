/* chat_sys_wait.c — what the way to a broker waits for. */
#include "services/chat/chat_sys_wait.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static bool
watch(const struct chat_sys_wait *wait, int operation, int fd, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.fd = fd};

	return epoll_ctl(wait->epoll, operation, fd, &event) == 0;
}

bool
chat_sys_wait_open(struct chat_sys_wait *wait)
{
	*wait = (struct chat_sys_wait){
	    .epoll = epoll_create1(EPOLL_CLOEXEC),
	    .timer =
	        timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC),
	    .event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC),
	    .watched = -1,
	};
	return wait->epoll != -1 && wait->timer != -1 && wait->event != -1 &&
	       watch(wait, EPOLL_CTL_ADD, wait->timer, EPOLLIN) &&
	       watch(wait, EPOLL_CTL_ADD, wait->event, EPOLLIN);
}

void
chat_sys_wait_close(struct chat_sys_wait *wait)
{
	if (wait->epoll != -1)
		close(wait->epoll);
	if (wait->timer != -1)
		close(wait->timer);
	if (wait->event != -1)
		close(wait->event);
}

uint64_t
chat_sys_wait_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void
chat_sys_wait_arm(const struct chat_sys_wait *wait, uint64_t ms)
{
	const struct itimerspec when = {
	    .it_value = {.tv_sec = (time_t)(ms / 1000),
	        .tv_nsec = (long)(ms % 1000 * 1000000)},
	    .it_interval = {.tv_sec = CHAT_SYS_WAIT_TICK_MS / 1000},
	};

	(void)timerfd_settime(wait->timer, 0, &when, NULL);
}

void
chat_sys_wait_kick(struct chat_sys_wait *wait)
{
	const uint64_t one = 1;

	if (!wait->is_kicked)
		(void)!write(wait->event, &one, sizeof(one));
	wait->is_kicked = true;
}

void
chat_sys_wait_socket(struct chat_sys_wait *wait, int fd, uint32_t events)
{
	bool is_known = wait->watched == fd;

	if (is_known && wait->watched_for == events)
		return;
	(void)watch(wait, is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, events);
	wait->watched = fd;
	wait->watched_for = events;
}

void
chat_sys_wait_forget(struct chat_sys_wait *wait)
{
	wait->watched = -1;
}

static void
clear_event(struct chat_sys_wait *wait)
{
	uint64_t count;

	(void)!read(wait->event, &count, sizeof(count));
	wait->is_kicked = false;
}

struct chat_sys_wait_events
chat_sys_wait_look(struct chat_sys_wait *wait)
{
	struct chat_sys_wait_events out = {.fd = -1};
	struct epoll_event events[3];
	int count = epoll_wait(wait->epoll, events, 3, 0);
	uint64_t ticks;

	for (int i = 0; i < count; i++) {
		int fd = events[i].data.fd;

		if (fd == wait->event) {
			clear_event(wait);
		} else if (fd == wait->timer) {
			out.is_time = read(wait->timer, &ticks,
			                  sizeof(ticks)) == sizeof(ticks);
		} else {
			out.fd = fd;
			out.socket = events[i].events;
		}
	}
	return out;
}

void
chat_sys_wait_for_event(struct chat_sys_wait *wait)
{
	struct pollfd done = {.fd = wait->event, .events = POLLIN};

	(void)poll(&done, 1, -1);
	clear_event(wait);
}
