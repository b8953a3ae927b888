/* master_counters.c — SIGUSR1: fresh logs, and what has been counted. */
#include "master/master_counters.h"

#include "service.h"
#include "worker/outcome.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A line being written; log.h cuts at 1023 bytes. */
struct line {
	char text[1000];
	size_t len;
};

__attribute__((format(printf, 2, 3))) static void
append(struct line *line, const char *format, ...)
{
	va_list args;
	size_t left = sizeof(line->text) - line->len;

	va_start(args, format);
	int len = vsnprintf(line->text + line->len, left, format, args);

	va_end(args);
	if (len > 0)
		line->len += (size_t)len < left ? (size_t)len : left - 1;
}

static void
append_count(struct line *line, const char *name, uint64_t count)
{
	if (count > 0)
		append(line, ", %s %" PRIu64, name, count);
}

static void
append_service(
    struct line *line, const struct service *service, struct stats_service *sum)
{
	const _Atomic uint64_t *own = sum->outcomes;

	append(line, "%s%s: received %" PRIu64, line->len > 0 ? "; " : "",
	    service->name, sum->received);
	append_count(line, "sent", sum->sent);
	append_count(line, "send_errors", sum->send_errors);
	append_count(line, "connections", sum->connections);
	for (size_t i = 0; i < OUTCOME_REFUSAL_COUNT; i++)
		append_count(line, outcome_refusal_names[i], sum->refusals[i]);
	for (size_t i = 0; i < OUTCOME_GUARD_COUNT; i++)
		append_count(line, outcome_guard_names[i], own[i]);
	own += OUTCOME_GUARD_COUNT;
	for (size_t i = 0; service->outcomes != NULL &&
	                   i < STATS_OUTCOME_MAX - OUTCOME_GUARD_COUNT &&
	                   service->outcomes[i] != NULL;
	     i++)
		append_count(line, service->outcomes[i], own[i]);
}

static void
log_role(const struct master *master, enum role role)
{
	struct line line = {.len = 0};
	struct stats_service sum;

	for (unsigned i = 0; i < services_count; i++) {
		if (services[i]->role != role ||
		    services[i]->listen[0].key == NULL)
			continue;
		stats_sum(master->counters, STATS_SLOT_MAX, i, &sum);
		append_service(&line, services[i], &sum);
	}
	log_notice("counters of %s: %s", settings_role_name(role), line.text);
}

void
master_counters_log(struct master *master)
{
	const struct settings *settings = master->current->settings;

	master_assert(master);
	if (!master->options->is_foreground)
		log_open(LOG_TARGET_SYSLOG, settings->log_facility,
		    settings->log_level);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (settings->roles[role].workers > 0)
			log_role(master, (enum role)role);
}
