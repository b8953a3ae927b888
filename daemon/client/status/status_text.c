/* status_text.c — what the daemon says of itself, understood. */
#include "client/status/status_text.h"

static bool
is_same(struct span a, struct span b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

/* Takes what stands before the next END off TEXT, and END with it. */
static struct span
take_until(struct span *text, char end)
{
	struct span taken = *text;
	const uint8_t *at =
	    text->len == 0 ? NULL : memchr(text->data, end, text->len);

	if (at == NULL) {
		text->len = 0;
		return taken;
	}
	taken.len = (size_t)(at - text->data);
	text->data += taken.len + 1;
	text->len -= taken.len + 1;
	return taken;
}

/* These have the rest of their line. */
static bool
is_last_key(struct span key)
{
	return status_text_is(key, "path") || status_text_is(key, "text");
}

/* The VALUE of KEY in FIELDS, what stands behind a line's word. false: it has
 * no such key. */
static bool
find(struct span fields, const char *key, struct span *value)
{
	while (fields.len > 0) {
		struct span rest = fields, word = take_until(&fields, ' ');
		struct span name = take_until(&word, '=');
		bool is_last = is_last_key(name);

		if (is_last && rest.len > name.len) {
			word.data = rest.data + name.len + 1;
			word.len = rest.len - name.len - 1;
		}
		if (status_text_is(name, key)) {
			*value = word;
			return true;
		}
		if (is_last)
			return false;
	}
	return false;
}

static bool
read_number(struct span text, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = (unsigned)text.data[i] - '0';

		if (digit > 9 || *number > (UINT64_MAX - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return text.len > 0;
}

static bool
find_number(struct span fields, const char *key, uint64_t *number)
{
	struct span value;

	return find(fields, key, &value) && read_number(value, number);
}

/* A key that may be missing. false: it is there, and wrong. */
static bool
find_optional(
    struct span fields, const char *key, bool *is_there, uint64_t *number)
{
	struct span value;

	*is_there = find(fields, key, &value);
	return !*is_there || read_number(value, number);
}

/* ------------------------------------------------------------------ lines */

static bool
read_daemon(struct span fields, struct status_text *status)
{
	return find(fields, "version", &status->version) &&
	       find_number(fields, "pid", &status->pid) &&
	       find(fields, "state", &status->state) &&
	       find_number(fields, "generation", &status->generation) &&
	       find_number(fields, "uptime_ms", &status->uptime_ms) &&
	       find_number(fields, "now_ms", &status->now_ms);
}

static bool
read_file(struct span fields, struct status_text *status)
{
	return find(fields, "path", &status->file);
}

static bool
read_broken(struct span fields, struct status_text *status)
{
	return find(fields, "text", &status->broken);
}

static bool
read_reload(struct span fields, struct status_text *status)
{
	status->has_reload = true;
	return find(fields, "outcome", &status->reload_outcome) &&
	       find_number(fields, "ago_ms", &status->reload_ago_ms) &&
	       find(fields, "text", &status->reload_text);
}

static bool
read_role(struct span fields, struct status_text *status)
{
	if (status->role_count == ROLE_COUNT)
		return false;
	struct status_text_role *role = &status->roles[status->role_count++];

	return find(fields, "name", &role->name) &&
	       find_number(fields, "workers", &role->workers) &&
	       find_number(fields, "running", &role->running);
}

static bool
read_worker(struct span fields, struct status_text *status)
{
	bool has_hangs, has_uptime;

	if (status->worker_count == STATUS_WORKER_MAX)
		return false;
	struct status_text_worker *worker =
	    &status->workers[status->worker_count++];

	*worker = (struct status_text_worker){0};
	return find(fields, "role", &worker->role) &&
	       find_number(fields, "slot", &worker->slot) &&
	       find_number(fields, "generation", &worker->generation) &&
	       find(fields, "state", &worker->state) &&
	       find_number(fields, "restarts", &worker->restarts) &&
	       find_optional(fields, "hangs", &has_hangs, &worker->hangs) &&
	       find_optional(fields, "pid", &worker->has_pid, &worker->pid) &&
	       find_optional(
	           fields, "uptime_ms", &has_uptime, &worker->uptime_ms) &&
	       has_uptime == worker->has_pid &&
	       find_optional(
	           fields, "next_ms", &worker->has_next, &worker->next_ms) &&
	       find_optional(
	           fields, "lent_to", &worker->is_lent, &worker->lent_to);
}

static bool
read_listener(struct span fields, struct status_text *status)
{
	if (status->listener_count == SETTINGS_LISTEN_MAX)
		return false;
	struct status_text_listener *one =
	    &status->listeners[status->listener_count++];

	return find(fields, "transport", &one->transport) &&
	       find(fields, "addr", &one->addr) &&
	       find(fields, "service", &one->service) &&
	       find(fields, "role", &one->role) &&
	       find_number(fields, "first", &one->first) &&
	       find_number(fields, "last", &one->last) &&
	       find_number(fields, "proxied", &one->is_proxied);
}

static bool
read_service(struct span fields, struct status_text *status)
{
	if (status->service_count == STATS_SERVICE_MAX)
		return false;
	struct status_text_service *service =
	    &status->services[status->service_count++];

	service->counter_count = 0;
	return find(fields, "name", &service->name) &&
	       find(fields, "role", &service->role) &&
	       find_number(fields, "received", &service->received) &&
	       find_number(fields, "sent", &service->sent) &&
	       find_number(fields, "send_errors", &service->send_errors) &&
	       find_number(fields, "connections", &service->connections);
}

static bool
read_counter(
    struct span fields, struct status_text *status, enum status_text_kind kind)
{
	if (status->service_count == 0)
		return false;
	struct status_text_service *service =
	    &status->services[status->service_count - 1];

	if (service->counter_count == STATUS_TEXT_COUNTER_MAX)
		return false;
	struct status_text_counter *counter =
	    &service->counters[service->counter_count++];

	counter->kind = kind;
	return find(fields, "name", &counter->name) &&
	       find_number(fields, "count", &counter->count);
}

static bool
read_refusal(struct span fields, struct status_text *status)
{
	return read_counter(fields, status, STATUS_TEXT_REFUSAL);
}

static bool
read_guard(struct span fields, struct status_text *status)
{
	return read_counter(fields, status, STATUS_TEXT_GUARD);
}

static bool
read_outcome(struct span fields, struct status_text *status)
{
	return read_counter(fields, status, STATUS_TEXT_OUTCOME);
}

/* ------------------------------------------------------------------ text */

/* LINE by its word; one that is not known is passed over. */
static bool
read_line(struct span line, struct status_text *status)
{
	static const struct {
		const char *word;
		bool (*read)(struct span fields, struct status_text *status);
	} lines[] = {
	    {"daemon", read_daemon},
	    {"file", read_file},
	    {"broken", read_broken},
	    {"reload", read_reload},
	    {"role", read_role},
	    {"worker", read_worker},
	    {"listener", read_listener},
	    {"service", read_service},
	    {"refusal", read_refusal},
	    {"guard", read_guard},
	    {"outcome", read_outcome},
	};
	struct span word = take_until(&line, ' ');

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (status_text_is(word, lines[i].word))
			return lines[i].read(line, status);
	return true;
}

bool
status_text_read(struct span text, struct status_text *status)
{
	struct span line = take_until(&text, '\n');

	memset(status, 0, sizeof(*status));
	if (!status_text_is(line, STATUS_FIRST))
		return false;
	while (text.len > 0) {
		line = take_until(&text, '\n');
		if (status_text_is(line, STATUS_LAST))
			return text.len == 0 && status->version.data != NULL &&
			       status->file.data != NULL;
		if (!read_line(line, status))
			return false;
	}
	return false;
}

const struct status_text_service *
status_text_service(const struct status_text *status, struct span name)
{
	for (size_t i = 0; i < status->service_count; i++)
		if (is_same(status->services[i].name, name))
			return &status->services[i];
	return NULL;
}

uint64_t
status_text_count(const struct status_text_service *service,
    enum status_text_kind kind, struct span name)
{
	for (size_t i = 0; i < service->counter_count; i++)
		if (service->counters[i].kind == kind &&
		    is_same(service->counters[i].name, name))
			return service->counters[i].count;
	return 0;
}
