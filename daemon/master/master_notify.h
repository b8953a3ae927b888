/* master_notify.h — tells the service manager how things stand: the protocol
 * of sd_notify(3), without its library. */
#ifndef NETLAB_MASTER_MASTER_NOTIFY_H
#define NETLAB_MASTER_MASTER_NOTIFY_H

/* Reads NOTIFY_SOCKET and takes it out of the environment, so that no child
 * speaks for us. */
void master_notify_open(void);

/* Sends lines such as "READY=1\nSTATUS=…"; nothing where nobody listens. */
void master_notify(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* RELOADING=1 with the time that the protocol wants. */
void master_notify_reloading(void);

#endif
