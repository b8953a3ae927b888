/* chat_sys_wait.h — what the way to a broker waits for, behind one descriptor:
 * a timer, an event for what the worker or a thread has left to do, and the
 * connection's socket. CHAT WORKER only. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_WAIT_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_WAIT_H

#include <stdbool.h>
#include <stdint.h>

enum { CHAT_SYS_WAIT_TICK_MS = 1000 };

struct chat_sys_wait {
	int epoll; /* readable when there is something to do */
	int timer, event;
	int watched;          /* the socket, or -1 */
	uint32_t watched_for; /* … and the events */
	bool is_kicked;       /* the event is there already */
};

struct chat_sys_wait_events {
	bool is_time;    /* the timer has fired */
	int fd;          /* of the socket */
	uint32_t socket; /* its events; 0: none */
};

/* False: errno. It is to be closed either way. */
bool chat_sys_wait_open(struct chat_sys_wait *wait)
    __attribute__((warn_unused_result));
void chat_sys_wait_close(struct chat_sys_wait *wait);

/* What time it is, by the timer's clock: CLOCK_MONOTONIC. */
uint64_t chat_sys_wait_now_ms(void);

/* The timer fires in MS and then each second; 0: not any more. */
void chat_sys_wait_arm(const struct chat_sys_wait *wait, uint64_t ms);

/* There is something to do, once it is looked at again. */
void chat_sys_wait_kick(struct chat_sys_wait *wait);

/* Waits for EVENTS of socket FD, instead of what was before. */
void chat_sys_wait_socket(struct chat_sys_wait *wait, int fd, uint32_t events);

/* The socket is about to be closed, which takes it out of the set. */
void chat_sys_wait_forget(struct chat_sys_wait *wait);

/* What has happened since. */
struct chat_sys_wait_events chat_sys_wait_look(struct chat_sys_wait *wait);

/* Blocks until there is an event, and clears it. */
void chat_sys_wait_for_event(struct chat_sys_wait *wait);

#endif
