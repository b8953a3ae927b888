/* master_signal.h — signals, read from a descriptor: signal → what it does. */
#ifndef NETLAB_MASTER_MASTER_SIGNAL_H
#define NETLAB_MASTER_MASTER_SIGNAL_H

#include "master/master.h"

/* Blocks the signals that the master handles and makes the descriptor they are
 * read from. false: errno. */
bool master_signal_open(struct master *master)
    __attribute__((warn_unused_result));

/* A handler: does what the signals that have come ask for. */
void master_signal_receive(struct master *master, struct master_source *source);

/*
 * Waits until FD (-1: none) is readable or TIMEOUT_MS (-1: no end) is over,
 * before the loop runs. false: a signal asks to stop; others stay queued.
 */
bool master_signal_wait(struct master *master, int fd, int timeout_ms)
    __attribute__((warn_unused_result));

#endif
