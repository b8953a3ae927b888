/* worker_control.h — what the master tells this worker, and the sockets that
 * the worker listens on. */
#ifndef NETLAB_WORKER_CONTROL_H
#define NETLAB_WORKER_CONTROL_H

#include "worker/worker_loop.h"

/* Listens on SOCKET, of slot SLOT. false: logged. Owns SOCKET's descriptor. */
bool worker_control_listen(
    struct worker *worker, const struct heritage_socket *socket, unsigned slot)
    __attribute__((warn_unused_result));

/* A worker_source's handler for the control socket. Exits when the master is
 * gone. */
void worker_control_ready(
    struct worker *worker, struct worker_source *source, uint32_t events);

#endif
