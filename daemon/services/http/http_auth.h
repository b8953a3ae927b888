/*
 * http_auth.h — who a request says it is from (RFC 7617, Basic), and whether
 * that is so. Pure: the password hash itself is the door's, because crypt(3)
 * takes its time and its memory.
 *
 * A pair of name and password that was right is remembered for some minutes by
 * a keyed hash, bound to the line of the password file that it was right for:
 * a client's further requests cost a hash of a hundred bytes. All others have
 * to be computed, and only a part of a worker's time is spent on that, so that
 * guessing passwords never keeps it from answering others.
 */
#ifndef NETLAB_SERVICES_HTTP_AUTH_H
#define NETLAB_SERVICES_HTTP_AUTH_H

#include "services/http/http_store.h"

enum {
	/* Of name, colon and password; crypt(3) takes no longer passwords. */
	HTTP_AUTH_PAIR_MAX = 512,
	/* Pairs that are remembered, and how long. */
	HTTP_AUTH_KNOWN_MAX = 256,
	HTTP_AUTH_KNOWN_MS = 5 * 60 * 1000,
	/* Microseconds of hashing that a millisecond earns: a tenth of the
	 * time. */
	HTTP_AUTH_EARNED_US = 100,
	/* And how much of it can be saved up: a room full of people. */
	HTTP_AUTH_SAVED_US = 1000 * 1000,
};

struct http_auth_known {
	uint64_t tag; /* 0: free */
	uint64_t until_ms;
};

/* A worker's own. */
struct http_auth {
	uint64_t key[2]; /* secret, random */
	/* Whether PASSWORD (NUL-terminated) is what HASH was made of
	 * (crypt(5)); *TOOK_US: how long that took. Compares in constant time.
	 */
	bool (*check)(void *context, const char *password, const char *hash,
	    uint64_t *took_us);
	void *context;
	uint64_t last_ms; /* when SAVED_US was right */
	int64_t saved_us; /* may be spent on hashing; below 0: is owed */
	struct http_auth_known known[HTTP_AUTH_KNOWN_MAX];
};

/* AUTH is zeroed but for KEY, CHECK and CONTEXT. */
void http_auth_open(struct http_auth *auth, uint64_t now_ms);

/* Whether REQUEST names one of LOCATION's users with his password. */
enum http_login http_auth_login(struct http_auth *auth,
    const struct http_location *location, const struct http_request *request,
    uint64_t now_ms);

/* The name of the one of LOCATION's users whom REQUEST names, right password or
 * not; empty: none. It lives as long as LOCATION. */
struct span http_auth_name(
    const struct http_location *location, const struct http_request *request);

#endif
