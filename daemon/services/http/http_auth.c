/* http_auth.c — field → name and password → known, or not. */
#include "services/http/http_auth.h"
#include "services/http/http_base64.h"
#include "services/http/http_char.h"

#include "core/siphash.h"

#include <string.h>

/* What a request says. */
struct pair {
	char text[HTTP_AUTH_PAIR_MAX + 1]; /* "name", NUL, "password", NUL */
	size_t len;                        /* of all without the last NUL */
	struct span name;
	const char *password;
};

/* What follows "Basic " (RFC 9110 §11.4) in the one Authorization field. */
static bool
find_credentials(const struct http_request *request, struct span *text)
{
	struct span other;
	size_t at = 0;

	if (!http_request_field(request, "authorization", &at, text) ||
	    http_request_field(request, "authorization", &at, &other))
		return false;
	if (text->len < 6 ||
	    !http_char_equals((struct span){text->data, 5}, "basic", 5) ||
	    text->data[5] != ' ')
		return false;
	*text = http_char_trim((struct span){text->data + 5, text->len - 5});
	return true;
}

/* RFC 7617 §2: a name without a colon, a colon, a password; no control
 * characters in either. */
static bool
read_pair(const struct http_request *request, struct pair *pair)
{
	struct space space = {(uint8_t *)pair->text, sizeof(pair->text) - 1};
	struct span text;

	if (!find_credentials(request, &text) ||
	    !http_base64_read(text, space, &pair->len))
		return false;
	struct span bytes = {space.data, pair->len};
	char *colon = bytes.len > 0 ? memchr(pair->text, ':', bytes.len) : NULL;

	if (colon == NULL || http_char_has_control(bytes))
		return false;
	pair->text[pair->len] = '\0';
	*colon = '\0';
	pair->name = (struct span){space.data, (size_t)(colon - pair->text)};
	pair->password = colon + 1;
	return true;
}

/* The user of that name; all are looked at, whether he is there or not. */
static const struct http_user *
find_user(const struct http_location *location, struct span name)
{
	const struct http_user *found = NULL;

	for (size_t i = 0; i < location->user_count; i++) {
		const struct http_user *user = &location->users[i];

		if (user->name.len == name.len &&
		    memcmp(user->name.data, name.data, name.len) == 0)
			found = user;
	}
	return found;
}

/* What PAIR is remembered by: never 0. The hash in the user's line has a salt
 * of its own, so that it stands for this line in this version of the file. */
static uint64_t
tag_of(const struct http_auth *auth, const struct http_user *user,
    const struct pair *pair)
{
	uint8_t bytes[2 * HTTP_AUTH_PAIR_MAX];
	struct http_text text = {.space = {bytes, sizeof(bytes)}};
	const uint64_t hash = siphash(auth->key,
	    (struct span){(const uint8_t *)user->hash, strlen(user->hash)});

	http_text_bytes(&text, &hash, sizeof(hash));
	http_text_bytes(&text, pair->text, pair->len);
	uint64_t tag = siphash(auth->key, (struct span){bytes, text.len});

	return tag == 0 ? 1 : tag;
}

static void
earn(struct http_auth *auth, uint64_t now_ms)
{
	uint64_t passed_ms = now_ms - auth->last_ms;

	auth->last_ms = now_ms;
	if (passed_ms > HTTP_AUTH_SAVED_US / HTTP_AUTH_EARNED_US)
		passed_ms = HTTP_AUTH_SAVED_US / HTTP_AUTH_EARNED_US;
	auth->saved_us += (int64_t)passed_ms * HTTP_AUTH_EARNED_US;
	if (auth->saved_us > HTTP_AUTH_SAVED_US)
		auth->saved_us = HTTP_AUTH_SAVED_US;
}

void
http_auth_open(struct http_auth *auth, uint64_t now_ms)
{
	auth->last_ms = now_ms;
	auth->saved_us = HTTP_AUTH_SAVED_US;
}

/* Computes the hash, or one like it where there is no such USER: who guesses
 * names learns nothing from how long it takes. */
static enum http_login
compute(struct http_auth *auth, const struct http_location *location,
    const struct http_user *user, const char *password, uint64_t now_ms)
{
	const char *hash = user != NULL ? user->hash : location->users[0].hash;
	uint64_t took_us = 0;

	earn(auth, now_ms);
	if (auth->saved_us <= 0)
		return HTTP_LOGIN_BUSY;
	bool is_right = auth->check(auth->context, password, hash, &took_us);

	auth->saved_us -= (int64_t)took_us;
	return is_right && user != NULL ? HTTP_LOGIN_KNOWN : HTTP_LOGIN_UNKNOWN;
}

enum http_login
http_auth_login(struct http_auth *auth, const struct http_location *location,
    const struct http_request *request, uint64_t now_ms)
{
	struct pair pair;

	if ((request->has & HTTP_REQUEST_HAS_AUTHORIZATION) == 0 ||
	    !read_pair(request, &pair))
		return HTTP_LOGIN_UNKNOWN;
	const struct http_user *user = find_user(location, pair.name);
	uint64_t tag =
	    tag_of(auth, user != NULL ? user : &location->users[0], &pair);
	struct http_auth_known *known = &auth->known[tag % HTTP_AUTH_KNOWN_MAX];

	if (user != NULL && known->tag == tag && known->until_ms > now_ms)
		return HTTP_LOGIN_KNOWN;
	enum http_login login =
	    compute(auth, location, user, pair.password, now_ms);

	if (login == HTTP_LOGIN_KNOWN)
		*known =
		    (struct http_auth_known){tag, now_ms + HTTP_AUTH_KNOWN_MS};
	return login;
}

struct span
http_auth_name(
    const struct http_location *location, const struct http_request *request)
{
	struct pair pair;
	const struct http_user *user = NULL;

	if (read_pair(request, &pair))
		user = find_user(location, pair.name);
	return user != NULL ? user->name : (struct span){NULL, 0};
}
