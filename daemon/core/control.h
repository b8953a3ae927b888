/*
 * control.h — what master and worker tell each other over their socket pair
 * (SOCK_SEQPACKET: one message a packet). The master's end closing means that
 * the master is gone: the worker exits at once.
 *
 * A master that has taken over in place (master/master_handover.h) speaks to
 * workers of the program before: a change of DRAIN, STOP or RETIRE, or of the
 * message's form, is another form of handover as well.
 */
#ifndef NETLAB_CORE_CONTROL_H
#define NETLAB_CORE_CONTROL_H

#include "core/heritage.h"

enum control_kind {
	CONTROL_READY, /* worker → master: every start() done, loop entered */
	CONTROL_DRAIN, /* master → worker: stop reading sockets (ARGUMENT: ms
	                  until the end), finish, exit 0 */
	CONTROL_RETIRE, /* master → worker: these sockets of your slot (fds
	                   attached) go away: take them out of their group,
	                   empty their queues, stop serving them; the others
	                   stay, for DRAIN to come */
	CONTROL_LEND, /* master → worker: serve these sockets of slot ARGUMENT
	                 too (fds attached) */
	CONTROL_STOP, /* as DRAIN, for a stop of the whole daemon: idle
	                 connections are closed at once */
	CONTROL_RECALL, /* master → worker: stop serving the sockets of slot
	                   ARGUMENT */
	CONTROL_EMPTY, /* master → worker: these sockets (fds attached) belong
	                  to no slot any more: take them out of their group,
	                  empty their queues, and close them */
	CONTROL_KEEP,  /* master → worker: the next generation changes nothing
	                  for your services: go on. An image of its settings is
	                  attached, as if it were a socket: the log's level and
	                  the ports that are ours may be others */
};

enum { CONTROL_SOCKET_MAX = 32 }; /* in one LEND; more go in several */

struct control_message {
	uint32_t kind;
	uint32_t argument;
	uint32_t socket_count;
	struct heritage_socket
	    sockets[CONTROL_SOCKET_MAX]; /* fd: filled in by control_receive */
};

/* Sends MESSAGE, its sockets' descriptors attached. false: errno (EAGAIN: the
 * peer does not read; EPIPE: it is gone). Never blocks. */
bool control_send(int fd, const struct control_message *message)
    __attribute__((warn_unused_result));

/* Reads one message; the descriptors in it belong to the caller, close-on-exec.
 * Returns 1; 0: the peer is gone; -1: errno (EAGAIN: none now). */
int control_receive(int fd, struct control_message *message)
    __attribute__((warn_unused_result));

#endif
