/* master_refusal_why.c — who has an address that is in use, in words. */
#include "master/master_refusal_why.h"

#include "master/master_refusal_holder.h"
#include "master/master_refusal_program.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Text that grows in place, and ends where there is no more room. */
struct text {
	char *start;
	size_t len, cap;
};

__attribute__((format(printf, 2, 3))) static void
append(struct text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int len = vsnprintf(
	    text->start + text->len, text->cap - text->len, format, args);

	va_end(args);
	if (len > 0)
		text->len += (size_t)len;
	if (text->len >= text->cap)
		text->len = text->cap - 1;
}

/* Before entry INDEX of COUNT: nothing, ", " or LAST. */
static const char *
separator(size_t index, size_t count, const char *last)
{
	if (index == 0)
		return "";
	return index + 1 == count ? last : ", ";
}

/* ------------------------------------------------------------ who has it */

/* One who is in the way, with all its addresses that are. */
struct culprit {
	const struct master_refusal_holder *holders[MASTER_REFUSAL_HOLDER_MAX];
	size_t holder_count;
	const struct master_refusal_program
	    *programs[MASTER_REFUSAL_PROGRAM_GUESSES];
	size_t program_count; /* 1 where it is known, more for a guess */
	char user[40];        /* "": unknown, or of no matter */
};

/* Whether UNIT runs, which its control group tells to everybody. */
static bool
is_active(const char *unit)
{
	static const char *const hierarchies[] = {"", "/systemd", "/unified"};
	char path[160];

	for (size_t i = 0; i < sizeof(hierarchies) / sizeof(hierarchies[0]);
	     i++) {
		snprintf(path, sizeof(path),
		    "/sys/fs/cgroup%s/system.slice/%s.service", hierarchies[i],
		    unit);
		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

/* Leaves those that run where it is known of any; where a manager would know,
 * and knows of none, what root has there may be anything. */
static void
narrow(struct culprit *culprit)
{
	bool is_managed = access("/run/systemd/system", F_OK) == 0;
	size_t count = 0;

	for (size_t i = 0; i < culprit->program_count; i++) {
		const struct master_refusal_program *one = culprit->programs[i];

		if (one->unit != NULL && is_active(one->unit))
			culprit->programs[count++] = one;
	}
	if (count > 0 || (is_managed && culprit->program_count > 1))
		culprit->program_count = count;
}

static void
guess(struct culprit *culprit, const char *user, uint16_t port)
{
	culprit->program_count =
	    master_refusal_program_guess(user, port, culprit->programs);
	narrow(culprit);
}

/* HOLDER's process is not to be seen: its user is. */
static void
guess_by_user(
    struct culprit *culprit, const struct master_refusal_holder *holder)
{
	const struct passwd *entry = getpwuid(holder->uid);

	if (entry == NULL)
		snprintf(culprit->user, sizeof(culprit->user), "%u",
		    (unsigned)holder->uid);
	else
		snprintf(
		    culprit->user, sizeof(culprit->user), "%s", entry->pw_name);
	guess(culprit, culprit->user, addr_port(&holder->addr));
}

static void
identify(struct culprit *culprit)
{
	const struct master_refusal_holder *holder = culprit->holders[0];

	culprit->program_count = 0;
	culprit->user[0] = '\0';
	if (holder->pid == 0) {
		guess_by_user(culprit, holder);
		return;
	}
	culprit->programs[0] = master_refusal_program_find(holder->program);
	if (culprit->programs[0] != NULL)
		culprit->program_count = 1;
}

static void
append_who(struct text *text, const struct culprit *culprit)
{
	const struct master_refusal_holder *holder =
	    culprit->holder_count > 0 ? culprit->holders[0] : NULL;

	if (holder != NULL && holder->pid != 0) {
		append(text, "%s (pid %d)", holder->program, (int)holder->pid);
		return;
	}
	if (holder != NULL)
		append(text, "user %s", culprit->user);
	else if (culprit->program_count == 0)
		append(text, "another program");
	if (culprit->program_count == 0)
		return;
	append(text, holder == NULL ? "most likely " : ", most likely ");
	for (size_t i = 0; i < culprit->program_count; i++)
		append(text, "%s%s",
		    separator(i, culprit->program_count, " or "),
		    culprit->programs[i]->name);
	if (holder != NULL)
		append(text, ",");
}

/* "it", or the addresses where they are others than LISTEN's. */
static void
append_what(struct text *text, const struct culprit *culprit,
    const struct settings_listen *listen)
{
	char address[ADDR_TEXT_MAX];

	if (culprit->holder_count == 0 ||
	    addr_is_equal(&culprit->holders[0]->addr, &listen->addr)) {
		append(text, "it");
		return;
	}
	for (size_t i = 0; i < culprit->holder_count; i++)
		append(text, "%s%s",
		    separator(i, culprit->holder_count, " and "),
		    addr_format(&culprit->holders[i]->addr, address));
}

/* ------------------------------------------------------------ what to do */

/* LISTEN asks for all addresses, of which others would have been free. */
static bool
can_be_narrower(
    const struct culprit *culprit, const struct settings_listen *listen)
{
	return addr_is_wildcard(&listen->addr) && culprit->holder_count > 0 &&
	       !addr_is_wildcard(&culprit->holders[0]->addr);
}

/* The unit by which CULPRIT can be stopped; NULL: none is known. */
static const char *
unit_of(const struct culprit *culprit)
{
	const struct master_refusal_holder *holder =
	    culprit->holder_count > 0 ? culprit->holders[0] : NULL;

	/* A program that is seen may as well have been started by hand. */
	if (holder != NULL && holder->pid != 0)
		return holder->unit[0] == '\0' ? NULL : holder->unit;
	if (culprit->program_count != 1 || culprit->programs[0]->unit == NULL ||
	    !is_active(culprit->programs[0]->unit))
		return NULL;
	return culprit->programs[0]->unit;
}

static void
append_cure(struct text *text, const struct culprit *culprit,
    const struct settings_listen *listen)
{
	const struct master_refusal_program *program =
	    culprit->program_count == 1 ? culprit->programs[0] : NULL;
	const char *unit = unit_of(culprit);
	char host[ADDR_TEXT_MAX];

	if (program != NULL && program->cure != NULL)
		append(text, "; %s", program->cure);
	else if (unit != NULL)
		append(text, "; stop it (systemctl disable --now %s)", unit);
	else if (culprit->holder_count > 0 && culprit->holders[0]->pid != 0)
		append(text, "; stop it");
	else
		append(text, "; stop it (ss -tulpn shows root which it is)");
	if (can_be_narrower(culprit, listen))
		append(text,
		    ", or write the host's own addresses in place of %s here",
		    addr_format_host(&listen->addr, host));
	else
		append(text, ", or change or leave out the address here");
}

/* ---------------------------------------------------------------- the whole */

static void
tell(const struct culprit *culprit, const struct settings_listen *listen,
    master_refusal_why_add *add, void *context)
{
	char why[MASTER_REFUSAL_WHY_TEXT];
	struct text text = {.start = why, .cap = sizeof(why)};

	append(&text, "%s: ", strerror(EADDRINUSE));
	append_who(&text, culprit);
	append(&text, " has ");
	append_what(&text, culprit, listen);
	append_cure(&text, culprit, listen);
	add(context, listen, why);
}

static bool
is_same_holder(const struct master_refusal_holder *a,
    const struct master_refusal_holder *b)
{
	return a->pid == b->pid && a->uid == b->uid;
}

void
master_refusal_why_tell(const struct settings_listen *listen,
    master_refusal_why_add *add, void *context)
{
	struct master_refusal_holder holders[MASTER_REFUSAL_HOLDER_MAX];
	bool is_done[MASTER_REFUSAL_HOLDER_MAX] = {false};
	struct culprit culprit = {.holder_count = 0};
	size_t count = master_refusal_holder_find(
	    &listen->addr, (enum transport)listen->transport, holders);

	if (count == 0) {
		guess(&culprit, NULL, addr_port(&listen->addr));
		tell(&culprit, listen, add, context);
	}
	for (size_t i = 0; i < count; i++) {
		if (is_done[i])
			continue;
		culprit.holder_count = 0;
		for (size_t j = i; j < count; j++)
			if (is_same_holder(&holders[i], &holders[j])) {
				is_done[j] = true;
				culprit.holders[culprit.holder_count++] =
				    &holders[j];
			}
		identify(&culprit);
		tell(&culprit, listen, add, context);
	}
}
