/*
 * status.h — the text in which the master says what it does
 * (master/master_status.c), and `netlab status` reads it
 * (client/status/status_text.c).
 *
 * Lines, each of a word and "KEY=VALUE"s behind spaces, in this order; whoever
 * reads passes over words and keys that it does not know:
 *
 *   netlabd-status 1
 *   daemon version= pid= state= generation= uptime_ms= now_ms=
 *       STATE: starting, running, reloading, replacing (another program is
 *       about to take over), stopping. NOW_MS is the host's
 *       monotonic clock, for rates between two texts.
 *   file path=
 *   broken text=
 *       What is not served, such as a zone, since the daemon began with this
 *       mistake in it; none, or mended by a reload: no line.
 *   reload outcome= ago_ms= text=
 *       The last one that has ended; none: no line. OUTCOME: done, failed.
 *   role name= workers= running=
 *       Of each role that is used: how many it shall have and how many of the
 *       current generation serve.
 *   worker role= slot= generation= state= restarts= [hangs=]
 *       [pid= uptime_ms=] [next_ms=] [lent_to=]
 *       STATE: starting, running, draining (of a generation that goes), or
 *       waiting: none runs, the next comes in NEXT_MS; meanwhile slot LENT_TO
 *       serves its sockets. RESTARTS of this slot, since the daemon's start,
 *       and the HANGS in it that the master has ended, most of which were
 *       followed by one.
 *   listener transport= addr= service= role= first= last= proxied=
 *       FIRST … LAST: the slots that have a socket there.
 *   service name= role= received= sent= send_errors= connections=
 *   refusal name= count=
 *   guard name= count=
 *   outcome name= count=
 *       Of the service above: why connections were closed unheard; how
 *       datagrams and requests ended, by the worker or by the room. Guards and
 *       outcomes add up to RECEIVED, but for what is answered just then. All of
 *       them, and none ever goes back while PID is the same.
 *   end
 *
 * PATH and TEXT go on to the end of their line, their controls as "?"; no other
 * value has a space.
 */
#ifndef NETLAB_CORE_STATUS_H
#define NETLAB_CORE_STATUS_H

#include "core/settings.h"
#include "core/stats.h"

#define STATUS_FIRST "netlabd-status 1"
#define STATUS_LAST "end"

enum {
	STATUS_TEXT_MAX = 1 << 20, /* bytes; a full house has a quarter */
	/* Rows at most: every living worker, and every slot that waits. */
	STATUS_WORKER_MAX =
	    STATS_SLOT_MAX + 2 * ROLE_COUNT * SETTINGS_WORKERS_MAX,
};

#endif
