/* master_counters.c — what has been counted: walked through, and logged. */
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
	bool is_first; /* the counter that comes next, of its service */
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

/* A service's first counter stands there in any case. */
static void
append_count(void *context, enum master_counters_kind kind, const char *name,
    uint64_t count)
{
	struct line *line = context;

	(void)kind;
	if (count == 0 && !line->is_first)
		return;
	append(line, "%s%s %" PRIu64, line->is_first ? " " : ", ", name, count);
	line->is_first = false;
}

static void
walk_totals(const struct stats_service *sum,
    const struct master_counters_walker *walker)
{
	const struct {
		const char *name;
		const _Atomic uint64_t *count;
	} totals[] = {
	    {"received", &sum->received},
	    {"sent", &sum->sent},
	    {"send_errors", &sum->send_errors},
	    {"connections", &sum->connections},
	};

	for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++)
		walker->tell(walker->context, MASTER_COUNTERS_TOTAL,
		    totals[i].name, *totals[i].count);
}

void
master_counters_walk(const struct master *master, unsigned service,
    const struct master_counters_walker *walker)
{
	const char *const *names = services[service]->outcomes;
	struct stats_service sum;
	const _Atomic uint64_t *own = sum.outcomes + OUTCOME_GUARD_COUNT;

	stats_sum(master->counters, master->counters_end, service, &sum);
	walk_totals(&sum, walker);
	for (size_t i = 0; i < OUTCOME_REFUSAL_COUNT; i++)
		walker->tell(walker->context, MASTER_COUNTERS_REFUSAL,
		    outcome_refusal_names[i], sum.refusals[i]);
	for (size_t i = 0; i < OUTCOME_GUARD_COUNT; i++)
		walker->tell(walker->context, MASTER_COUNTERS_GUARD,
		    outcome_guard_names[i], sum.outcomes[i]);
	for (size_t i = 0;
	     names != NULL && i < STATS_OUTCOME_MAX - OUTCOME_GUARD_COUNT &&
	     names[i] != NULL;
	     i++)
		walker->tell(
		    walker->context, MASTER_COUNTERS_OUTCOME, names[i], own[i]);
}

static void
log_role(const struct master *master, enum role role)
{
	struct line line = {.len = 0};
	const struct master_counters_walker walker = {append_count, &line};

	for (unsigned i = 0; i < services_count; i++) {
		if (services[i]->role != role ||
		    services[i]->listen[0].key == NULL)
			continue;
		append(&line, "%s%s:", line.len > 0 ? "; " : "",
		    services[i]->name);
		line.is_first = true;
		master_counters_walk(master, i, &walker);
	}
	log_notice("counters of %s: %s", settings_role_name(role), line.text);
}

void
master_counters_log(struct master *master)
{
	master_assert(master);
	/* Told to stop before it had any. */
	if (master->counters == NULL)
		return;
	const struct settings *settings = master->current->settings;

	if (!master->options->is_foreground)
		log_open(LOG_TARGET_SYSLOG, settings->log_facility,
		    settings->log_level);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (settings->roles[role].workers > 0)
			log_role(master, (enum role)role);
}
