/*
 * http.c — the door of the http room: HTTP/1.1 over files beneath one folder.
 *
 * http_session says where requests begin and end, http_request reads their
 * heads, http_answer writes what comes back; they are pure. The files come
 * from http_file_cache, which looks for them by http_file_find and learns of
 * changes by http_file_watch.
 */
#include "services/http/http.h"

#include "core/log.h"
#include "services/http/http_file_cache.h"
#include "services/http/http_file_log.h"
#include "services/http/http_load.h"
#include "services/http/http_session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* A worker's own. */
struct http {
	struct http_file_cache cache;
	struct http_stamp stamp; /* rewritten when the second changes */
	struct http_loaded loaded;
	struct http_store store;
	struct http_file_log log; /* where store.record is not NULL */
	uint64_t now_ms;          /* of the step that runs */
};

static const struct http_resource *
find(void *context, const struct http_wanted *wanted)
{
	struct http *http = context;

	return http_file_cache_find(
	    &http->cache, wanted, http->now_ms, http->stamp.seconds);
}

static int
take(void *context, const struct http_resource *resource)
{
	(void)context;
	/* The entry may go while the file is still being sent. Above 2: what
	 * the worker closes is never a standard stream. */
	return fcntl(resource->fd, F_DUPFD_CLOEXEC, 3);
}

static void
record(void *context, const struct http_record *record)
{
	struct http *http = context;

	http_file_log_add(&http->log, record);
}

static void *
http_start(const struct service_start *start)
{
	struct http *http = calloc(1, sizeof(*http));
	uint64_t seed = 0;

	if (http == NULL || !http_load_read(start, &http->loaded)) {
		log_error("http: no memory, or no root");
		free(http);
		return NULL;
	}
	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint64_t)(uintptr_t)http; /* early at boot */
	if (getrandom(http->stamp.seed, sizeof(http->stamp.seed),
	        GRND_NONBLOCK) == -1)
		http->stamp.seed[0] = ~seed;
	http->cache.always = http->stamp.fields = http->loaded.always;
	http->cache.mimes = http->loaded.mimes;
	if (!http_file_cache_open(&http->cache, seed,
	        http->loaded.cache_entries, http->loaded.cache_size)) {
		log_error("http: no memory");
		free(http);
		return NULL;
	}
	if (http->cache.watch.fd == -1)
		log_warn("http: no inotify (%s): changes of files are seen "
		         "after a second",
		    strerror(errno));
	http->store = (struct http_store){
	    .find = find,
	    .take = take,
	    .context = http,
	    .sites = &http->loaded.sites,
	    .stamp = &http->stamp,
	    .limits = http->loaded.limits,
	    .accepts_bare_lf = http->loaded.accepts_bare_lf,
	};
	http->stamp.seconds = INT64_MIN;
	if (http->loaded.access_log.kind != HTTP_LOAD_LOG_OFF) {
		if (!http_file_log_open(&http->log, &http->loaded.access_log)) {
			log_error("http: no memory for the access log");
			free(http);
			return NULL;
		}
		http->store.record = record;
	}
	return http;
}

static struct stream_step
http_input(
    void *state, void *session, const struct stream *stream, struct space out)
{
	struct http *http = state;
	struct timespec now;

	/* The coarse clock costs no system call; a second is all we say. */
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (now.tv_sec != http->stamp.seconds) {
		http->stamp.seconds = now.tv_sec;
		http_date_format(now.tv_sec, http->stamp.date);
	}
	http->now_ms = stream->now_ms;
	return http_session_step(session, &http->store, stream, out);
}

static void
http_close(void *state, void *session)
{
	int fd = http_session_release(session);

	(void)state;
	if (fd != -1)
		close(fd);
}

static int
http_watch(void *state)
{
	const struct http *http = state;

	return http->cache.watch.fd;
}

static void
http_watched(void *state)
{
	struct http *http = state;

	http_file_watch_read(&http->cache.watch);
}

static void
http_flush(void *state)
{
	struct http *http = state;

	if (http->store.record != NULL)
		http_file_log_flush(&http->log);
}

const struct service http_service = {
    .name = "http",
    .role = ROLE_HTTP,
    .listen = {{.key = "listen", .transports = 1 << TRANSPORT_TCP},
        {.key = "proxy_listen",
            .transports = 1 << TRANSPORT_TCP,
            .is_proxied = true}},
    .needs = NEED_PEER_FIRST,
    .outcomes = http_status_outcomes,
    .options = http_load_options,
    .session_size = sizeof(struct http_session),
    .step_space = HTTP_SESSION_SPACE,
    .load = http_load,
    .start = http_start,
    .input = http_input,
    .close = http_close,
    .watch = http_watch,
    .watched = http_watched,
    .flush = http_flush,
};
