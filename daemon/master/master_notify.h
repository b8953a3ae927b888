/* master_notify.h — tells the service manager how things stand: the protocol
 * of sd_notify(3), without its library. */
#ifndef NETLAB_MASTER_MASTER_NOTIFY_H
#define NETLAB_MASTER_MASTER_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

/* Reads NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID and FDSTORE, and takes them
 * out of the environment, so that no child speaks for us. */
void master_notify_open(void);

/* Puts back what master_notify_open has read, for another program that this
 * very process is about to become. false: errno. */
bool master_notify_hand_on(void) __attribute__((warn_unused_result));

/* Out of it again: there is no such program. */
void master_notify_take_back(void);

/* Sends lines such as "READY=1\nSTATUS=…"; nothing where nobody listens. Waits
 * for a second at most. */
void master_notify(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* RELOADING=1 with the time that the protocol wants, and STATUS. */
void master_notify_reloading(const char *status);

/* Sends what master_notify would, with FD attached (-1: none; it stays the
 * caller's), and without waiting. false: errno, which is EAGAIN where a later
 * try may go well, and EBADF where nobody listens. */
bool master_notify_with(int fd, const char *format, ...)
    __attribute__((format(printf, 2, 3), warn_unused_result));

/* Whether there is anybody to tell. */
bool master_notify_is_heard(void);

/* How often the manager wants to hear WATCHDOG=1, in milliseconds, which is
 * twice as often as it must; 0: never. */
uint64_t master_notify_watchdog_ms(void);

/* How many descriptors the manager keeps for us; MOST where it does not say
 * (systemd does since version 254). */
unsigned master_notify_store_max(unsigned most);

#endif
