/*
 * loader.h — configuration and zone files → sealed image. Runs in a short-lived
 * child of the master; with -t in the only process there is.
 */
#ifndef NETLAB_LOADER_LOADER_H
#define NETLAB_LOADER_LOADER_H

#include "core/conf.h"
#include "core/heritage.h"

#include <stdbool.h>
#include <sys/types.h>

/* What a generation is made of. The descriptors belong to whoever holds it. */
struct loaded {
	int image_fd; /* sealed memfd */
	int files[STATS_SERVICE_MAX][HERITAGE_FILE_MAX];
	size_t file_count[STATS_SERVICE_MAX];
};

/*
 * Reads FILE and all that it names and builds the image, in this process. OLD:
 * the running image, or NULL. True when a daemon may start from it: no error
 * in the configuration (REPORT->errors is 0), though data may be broken
 * (REPORT->broken). On false OUT holds nothing.
 */
bool loader_build(const char *file, const struct image *old,
    struct report *report, struct loaded *out)
    __attribute__((warn_unused_result));

/* Closes the descriptors of LOADED. */
void loader_release(struct loaded *loaded);

/* A loader at work in a child process. */
struct loader_child {
	pid_t pid;
	int fd; /* readable when there is something to collect */
};

/* Master: forks a loader. false: errno. The caller reaps PID itself, once
 * loader_collect has returned anything but LOADER_BUSY. */
bool loader_start(const char *file, const struct image *old,
    struct loader_child *child) __attribute__((warn_unused_result));

enum loader_state {
	LOADER_BUSY, /* nothing final yet */
	LOADER_DONE, /* LOADED is filled; REPORT says whether data is broken */
	LOADER_FAILED, /* the configuration is wrong (REPORT->errors), or the
	                  loader died (errors 0) */
};

/*
 * Master: takes what the child has said so far. Each line is told to REPORT and
 * counted as in the child. Closes child->fd when the state is final. Never
 * blocks.
 */
enum loader_state loader_collect(
    struct loader_child *child, struct report *report, struct loaded *out)
    __attribute__((warn_unused_result));

#endif
