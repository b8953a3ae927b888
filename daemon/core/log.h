/*
 * log.h — one line to syslog(3), or to standard error in the foreground.
 * Any process; never called from pure files, never once per packet.
 */
#ifndef NETLAB_CORE_LOG_H
#define NETLAB_CORE_LOG_H

#include <stdbool.h>
#include <stddef.h>

enum log_target {
	LOG_TARGET_STDERR, /* "netlabd[PID]: text", or "<N>text" to the journal:
	                      -f, -t, before detaching */
	LOG_TARGET_SYSLOG, /* facility as given, ident "netlabd" */
	LOG_TARGET_BOTH,   /* while a daemon that detaches comes up: the shell
	                      that waits for it shall see why it does not */
};

/* Chooses where lines go, the syslog facility (LOG_DAEMON …) and the least
 * urgent level that is written (LOG_ERR … LOG_DEBUG). Opens the connection to
 * syslogd at once, so that later changes of root or rights do not matter.
 * Until it is called: standard error, LOG_INFO. */
void log_open(enum log_target target, int facility, int level);

/* Finds out whether standard error leads to the journal (JOURNAL_STREAM, see
 * systemd.exec(5)), and returns it. If so, lines there begin with their level
 * from now on, in processes that are forked later as well. */
bool log_find_journal(void);

/* Changes the level alone (a reload). */
void log_set_level(int level);

/* Prefix for this process's lines, as "dns worker 1: "; NULL: none. COPIES the
 * text. */
void log_set_prefix(const char *prefix);

/* One line of that level, without a newline; one inside of it becomes a space.
 * errno is left as it was. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* LEN bytes at TEXT, of any length, as one line of level info without the
 * prefix: for lines that other programs read. errno is left as it was. */
void log_line(const char *text, size_t len);

/* The number of a level ("error", "warning", "notice", "info", "debug") or of
 * a facility ("daemon", "user", "local0" … "local7"); -1: no such name. */
int log_level_from_name(const char *name);
int log_facility_from_name(const char *name);

#endif
