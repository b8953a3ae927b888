/*
 * http.c — the door of the http room: HTTP/1.1, sites of files and a lab.
 *
 * http_session says where requests begin and end, http_request reads their
 * heads, http_answer writes what comes back; they are pure. The files come
 * from http_file_cache, which looks for them by http_file_find and learns of
 * changes by http_file_watch; who may have them, http_auth decides.
 */
#include "services/http/http.h"

#include "core/log.h"
#include "services/http/http_auth.h"
#include "services/http/http_file_cache.h"
#include "services/http/http_file_log.h"
#include "services/http/http_load.h"
#include "services/http/http_session.h"

#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* What passwords take; only where a location has users. */
struct logins {
	struct http_auth auth;
	struct crypt_data crypt; /* 32 KiB */
};

/* A worker's own. */
struct http {
	struct http_file_cache cache;
	struct http_stamp stamp; /* rewritten when the second changes */
	struct http_loaded loaded;
	struct http_store store;
	struct http_file_log log; /* where store.record is not NULL */
	struct logins *logins;    /* NULL: nobody is asked for */
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

static uint64_t
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* struct http_auth.check. */
static bool
check_password(
    void *context, const char *password, const char *hash, uint64_t *took_us)
{
	struct logins *logins = context;
	uint64_t start_us = now_us();
	const char *made = crypt_rn(
	    password, hash, &logins->crypt, (int)sizeof(logins->crypt));
	size_t len = strlen(hash);

	*took_us = now_us() - start_us;
	return made != NULL && strlen(made) == len &&
	       CRYPTO_memcmp(made, hash, len) == 0;
}

static enum http_login
login(void *context, const struct http_location *location,
    const struct http_request *request)
{
	struct http *http = context;

	return http_auth_login(
	    &http->logins->auth, location, request, http->now_ms);
}

static bool
has_users(const struct http_sites *sites)
{
	for (size_t i = 0; i < sites->site_count; i++) {
		const struct http_site *site = &sites->sites[i];

		for (size_t j = 0; j < site->location_count; j++)
			if (site->locations[j].user_count > 0)
				return true;
	}
	return false;
}

/* False: no memory, or nothing random to keep passwords by. */
static bool
open_logins(struct http *http)
{
	if (!has_users(&http->loaded.sites))
		return true;
	struct logins *logins = calloc(1, sizeof(*logins));

	/* Blocks where the machine has only just begun to gather randomness:
	 * better late than guessable. */
	if (logins == NULL ||
	    getrandom(logins->auth.key, sizeof(logins->auth.key), 0) !=
	        sizeof(logins->auth.key)) {
		free(logins);
		return false;
	}
	logins->auth.check = check_password;
	logins->auth.context = logins;
	http_auth_open(&logins->auth, now_us() / 1000);
	http->logins = logins;
	http->store.login = login;
	return true;
}

/* False: no memory. */
static bool
open_cache(struct http *http)
{
	uint64_t seed = 0;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint64_t)(uintptr_t)http; /* early at boot */
	http->cache.always = http->loaded.always;
	http->cache.mimes = http->loaded.mimes;
	if (!http_file_cache_open(&http->cache, seed,
	        http->loaded.cache_entries, http->loaded.cache_size))
		return false;
	if (http->cache.watch.fd == -1)
		log_warn("http: no inotify (%s): changes of files are seen "
		         "after a second",
		    strerror(errno));
	return true;
}

static void
open_stamp(struct http *http)
{
	struct http_stamp *stamp = &http->stamp;

	stamp->seconds = INT64_MIN;
	stamp->fields = http->loaded.always;
	if (getrandom(stamp->seed, sizeof(stamp->seed), GRND_NONBLOCK) !=
	    sizeof(stamp->seed))
		stamp->seed[0] = now_us(); /* early at boot */
}

/* False: no memory. */
static bool
open_log(struct http *http)
{
	if (http->loaded.access_log.kind == HTTP_LOAD_LOG_OFF)
		return true;
	http->store.record = record;
	return http_file_log_open(&http->log, &http->loaded.access_log);
}

/* Where it fails, what is open by then ends with the worker. */
static void *
http_start(const struct service_start *start)
{
	struct http *http = calloc(1, sizeof(*http));

	if (http == NULL || !http_load_read(start, &http->loaded)) {
		log_error("http: no memory, or no root");
		free(http);
		return NULL;
	}
	http->store = (struct http_store){
	    .find = find,
	    .take = take,
	    .context = http,
	    .sites = &http->loaded.sites,
	    .stamp = &http->stamp,
	    .limits = http->loaded.limits,
	    .accepts_bare_lf = http->loaded.accepts_bare_lf,
	};
	open_stamp(http);
	if (open_cache(http) && open_logins(http) && open_log(http))
		return http;
	log_error("http: no memory, or nothing random for passwords");
	free(http);
	return NULL;
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
