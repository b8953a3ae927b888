/* status_json.c — the daemon's status for programs. */
#include "client/status/status_json.h"

#include "client/member.h"

static double
seconds(uint64_t ms)
{
	return (double)ms / 1000;
}

/* JSON's integers are signed: a counter that has gone beyond is as large as
 * there is one. */
static void
count(json_t *object, const char *key, uint64_t number)
{
	member_number(
	    object, key, number > INT64_MAX ? INT64_MAX : (int64_t)number);
}

/* A counter's name is a key: what the daemon calls it. */
static void
named_count(json_t *object, struct span name, uint64_t number)
{
	char key[64];

	if (name.len >= sizeof(key))
		return;
	memcpy(key, name.data, name.len);
	key[name.len] = '\0';
	count(object, key, number);
}

static json_t *
reload(const struct status_text *now)
{
	json_t *object = json_object();

	member_bytes(object, "outcome", now->reload_outcome);
	member_real(object, "ago", seconds(now->reload_ago_ms));
	member_bytes(object, "text", now->reload_text);
	return object;
}

static json_t *
role(const struct status_text_role *one)
{
	json_t *object = json_object();

	member_bytes(object, "name", one->name);
	count(object, "workers", one->workers);
	count(object, "running", one->running);
	return object;
}

static json_t *
worker(const struct status_text_worker *one)
{
	json_t *object = json_object();

	member_bytes(object, "role", one->role);
	count(object, "slot", one->slot);
	count(object, "generation", one->generation);
	member_bytes(object, "state", one->state);
	count(object, "restarts", one->restarts);
	count(object, "hangs", one->hangs);
	if (one->has_pid) {
		count(object, "pid", one->pid);
		member_real(object, "uptime", seconds(one->uptime_ms));
	}
	if (one->has_next)
		member_real(object, "next_in", seconds(one->next_ms));
	if (one->is_lent)
		count(object, "lent_to", one->lent_to);
	return object;
}

static json_t *
listener(const struct status_text_listener *one)
{
	json_t *object = json_object();

	member_bytes(object, "transport", one->transport);
	member_bytes(object, "address", one->addr);
	member_bytes(object, "service", one->service);
	member_bytes(object, "role", one->role);
	count(object, "first_slot", one->first);
	count(object, "last_slot", one->last);
	member_flag(object, "proxied", one->is_proxied != 0);
	return object;
}

static void
add_rates(json_t *object, const struct status_view *view,
    const struct status_text_service *past,
    const struct status_text_service *now)
{
	json_t *rates = json_object();

	member_real(rates, "received",
	    status_view_rate(view, past->received, now->received));
	member_real(
	    rates, "sent", status_view_rate(view, past->sent, now->sent));
	member_real(rates, "send_errors",
	    status_view_rate(view, past->send_errors, now->send_errors));
	member_real(rates, "connections",
	    status_view_rate(view, past->connections, now->connections));
	json_object_set_new(object, "per_second", rates);
}

static json_t *
service(const struct status_view *view, const struct status_text_service *now)
{
	static const char *const kinds[STATUS_TEXT_KIND_COUNT] = {
	    [STATUS_TEXT_REFUSAL] = "refusals",
	    [STATUS_TEXT_GUARD] = "guards",
	    [STATUS_TEXT_OUTCOME] = "outcomes",
	};
	const struct status_text_service *past = status_view_before(view, now);
	json_t *object = json_object();
	json_t *parts[STATUS_TEXT_KIND_COUNT];

	member_bytes(object, "name", now->name);
	member_bytes(object, "role", now->role);
	count(object, "received", now->received);
	count(object, "sent", now->sent);
	count(object, "send_errors", now->send_errors);
	count(object, "connections", now->connections);
	if (past != NULL)
		add_rates(object, view, past, now);
	for (size_t i = 0; i < STATUS_TEXT_KIND_COUNT; i++) {
		parts[i] = json_object();
		json_object_set_new(object, kinds[i], parts[i]);
	}
	for (size_t i = 0; i < now->counter_count; i++)
		named_count(parts[now->counters[i].kind], now->counters[i].name,
		    now->counters[i].count);
	return object;
}

static void
add_lists(json_t *object, const struct status_view *view)
{
	const struct status_text *now = view->now;
	json_t *roles = json_array(), *workers = json_array(),
	       *listeners = json_array(), *services = json_array();

	for (size_t i = 0; i < now->role_count; i++)
		json_array_append_new(roles, role(&now->roles[i]));
	for (size_t i = 0; i < now->worker_count; i++)
		json_array_append_new(workers, worker(&now->workers[i]));
	for (size_t i = 0; i < now->listener_count; i++)
		json_array_append_new(listeners, listener(&now->listeners[i]));
	for (size_t i = 0; i < now->service_count; i++)
		json_array_append_new(
		    services, service(view, &now->services[i]));
	json_object_set_new(object, "roles", roles);
	json_object_set_new(object, "workers", workers);
	json_object_set_new(object, "listeners", listeners);
	json_object_set_new(object, "services", services);
}

json_t *
status_json(const struct status_view *view)
{
	const struct status_text *now = view->now;
	json_t *object = json_object();

	member_bytes(object, "version", now->version);
	member_bytes(object, "state", now->state);
	count(object, "pid", now->pid);
	count(object, "generation", now->generation);
	member_real(object, "uptime", seconds(now->uptime_ms));
	member_real(object, "now", seconds(now->now_ms));
	member_bytes(object, "config", now->file);
	if (view->event[0] != '\0')
		member_text(object, "event", view->event);
	if (now->broken.len > 0)
		member_bytes(object, "broken", now->broken);
	if (now->has_reload)
		json_object_set_new(object, "reload", reload(now));
	add_lists(object, view);
	return object;
}
