/*
 * admin.h — the admin socket: where it is, and what is said on it, between the
 * master and whoever asks it (`netlabd --reload`, `netlabd --upgrade`,
 * `netlab status`).
 *
 * AF_UNIX, SOCK_SEQPACKET, beside the pidfile; one message a packet, text. One
 * question a connection:
 *
 * ADMIN_RELOAD  is answered with any number of "=LINE" for errors and warnings,
 *               and at the end with "+LINE" (done) or "-LINE" (failed), of
 *               which ADMIN_STOPS says that there will be no outcome.
 * ADMIN_UPGRADE likewise: the program that is installed now takes the place of
 *               the running one. The first line comes when it begins.
 * ADMIN_STATUS  is answered with "+status" that has one descriptor attached
 *               (SCM_RIGHTS): a sealed memfd with text as in core/status.h, to
 *               be read from its start; or with "-LINE".
 *
 * Only root and the daemon's own user are heard; whoever else connects is told
 * so ("-LINE") and closed, and so is one for whom there is no room. Who says
 * anything else is closed.
 */
#ifndef NETLAB_CORE_ADMIN_H
#define NETLAB_CORE_ADMIN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/un.h>

#define ADMIN_RELOAD "reload"
#define ADMIN_UPGRADE "upgrade"
#define ADMIN_STATUS "status"
#define ADMIN_STOPS "the daemon stops"

/* The address beside PIDFILE: ".ctl" in the place of ".pid", or behind a name
 * that does not end so. false: it is too long for a socket's name. */
bool admin_path(const char *pidfile, struct sockaddr_un *address)
    __attribute__((warn_unused_result));

/* Connects to the daemon that has PIDFILE. What is sent and received waits for
 * TIMEOUT_MS each, as does this (0: for ever), and then fails with EAGAIN.
 * Returns the socket, which the caller owns; -1: errno (ENAMETOOLONG; ENOENT or
 * ECONNREFUSED: none runs). */
int admin_connect(const char *pidfile, uint32_t timeout_ms)
    __attribute__((warn_unused_result));

#endif
