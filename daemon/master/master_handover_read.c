/* master_handover_read.c — a handover's text, taken apart. */
#include "master/master_handover.h"

#include <limits.h>
#include <string.h>

/* One line, read from its start; whatever is wrong stays so. */
struct line {
	char *rest;
	bool is_bad;
};

/* The next word, up to a space or the end; "" where there is none. */
static const char *
take_word(struct line *line)
{
	char *word = line->rest;
	size_t len = strcspn(word, " ");

	line->is_bad |= len == 0;
	line->rest = word + len;
	if (*line->rest == ' ')
		*line->rest++ = '\0';
	return word;
}

static uint64_t
take_number(struct line *line, uint64_t max)
{
	const char *word = take_word(line);
	uint64_t number = 0;

	for (; *word != '\0'; word++) {
		unsigned digit = (unsigned char)*word - (unsigned)'0';

		if (digit > 9 || number > (max - digit) / 10 || digit > max) {
			line->is_bad = true;
			return 0;
		}
		number = number * 10 + digit;
	}
	return number;
}

static int
take_fd(struct line *line)
{
	int fd = (int)take_number(line, INT_MAX);

	/* The standard three are nobody's. */
	line->is_bad |= fd < 3;
	return fd;
}

static unsigned
take_choice(struct line *line, const char *const *names, unsigned count)
{
	const char *word = take_word(line);

	for (unsigned i = 0; i < count; i++)
		if (strcmp(word, names[i]) == 0)
			return i;
	line->is_bad = true;
	return 0;
}

/* All that is left, which may be empty. */
static void
take_text(struct line *line, char *out, size_t cap)
{
	size_t len = strlen(line->rest);

	if (len >= cap) {
		line->is_bad = true;
		return;
	}
	memcpy(out, line->rest, len + 1);
	line->rest += len;
}

static void
read_process(struct line *line, struct master_handover *out)
{
	line->is_bad |= out->pid != 0;
	out->pid = (pid_t)take_number(line, INT_MAX);
	line->is_bad |= out->pid == 0;
}

static void
read_generation(struct line *line, struct master_handover *out)
{
	out->generation = (unsigned)take_number(line, UINT_MAX);
}

static void
read_timeout(struct line *line, struct master_handover *out)
{
	out->timeout_ms = (uint32_t)take_number(line, UINT32_MAX);
}

static void
read_user(struct line *line, struct master_handover *out)
{
	take_text(line, out->user, sizeof(out->user));
}

static void
read_group(struct line *line, struct master_handover *out)
{
	take_text(line, out->group, sizeof(out->group));
}

static void
read_pidfile(struct line *line, struct master_handover *out)
{
	line->is_bad |= out->pidfile != -1;
	out->pidfile = take_fd(line);
	take_text(line, out->pidfile_path, sizeof(out->pidfile_path));
	line->is_bad |= out->pidfile_path[0] != '/';
}

static void
read_admin(struct line *line, struct master_handover *out)
{
	line->is_bad |= out->admin != -1;
	out->admin = take_fd(line);
}

static void
read_pending(struct line *line, struct master_handover *out)
{
	out->is_pending[take_choice(
	    line, master_handover_works, MASTER_WORK_COUNT)] = true;
}

static void
read_peer(struct line *line, struct master_handover *out)
{
	if (out->peer_count == MASTER_ADMIN_PEER_MAX) {
		line->is_bad = true;
		return;
	}
	struct master_handover_peer *peer = &out->peers[out->peer_count++];

	peer->fd = take_fd(line);
	peer->work = (enum master_work)take_choice(
	    line, master_handover_works, MASTER_WORK_COUNT);
	peer->wait = (enum master_wait)take_choice(
	    line, master_handover_waits, MASTER_WAIT_COUNT);
}

static void
read_worker(struct line *line, struct master_handover *out)
{
	static const char *const phases[] = {"ready", "draining"};
	struct master_handover_worker *worker = master_handover_add_worker(out);
	const char *roles[ROLE_COUNT];

	if (worker == NULL) {
		line->is_bad = true;
		return;
	}
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		roles[i] = settings_role_name((enum role)i);
	worker->pid = (pid_t)take_number(line, INT_MAX);
	/* Those two mean others to kill(2). */
	line->is_bad |= worker->pid < 2;
	worker->role = (enum role)take_choice(line, roles, ROLE_COUNT);
	worker->slot = (unsigned)take_number(line, SETTINGS_WORKERS_MAX - 1);
	worker->generation = (unsigned)take_number(line, UINT_MAX);
	worker->control = take_fd(line);
	worker->started_ms = take_number(line, UINT64_MAX);
	worker->kill_at_ms = take_number(line, UINT64_MAX);
	worker->is_draining = take_choice(line, phases, 2) == 1;
}

static void
read_socket(struct line *line, struct master_handover *out)
{
	static const char *const places[] = {"new", "stored"};
	struct master_named_socket *one = master_handover_add_socket(out);

	if (one == NULL) {
		line->is_bad = true;
		return;
	}
	one->fd = take_fd(line);
	one->is_stored = take_choice(line, places, 2) == 1;
	take_text(line, one->name, sizeof(one->name));
}

static const struct {
	const char *word;
	void (*read)(struct line *, struct master_handover *);
} table[] = {
    {"process", read_process},
    {"generation", read_generation},
    {"timeout", read_timeout},
    {"user", read_user},
    {"group", read_group},
    {"pidfile", read_pidfile},
    {"admin", read_admin},
    {"pending", read_pending},
    {"peer", read_peer},
    {"worker", read_worker},
    {"socket", read_socket},
};

static bool
read_line(char *text, struct master_handover *out)
{
	struct line line = {.rest = text};
	const char *word = take_word(&line);

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(word, table[i].word) == 0) {
			table[i].read(&line, out);
			return !line.is_bad && *line.rest == '\0';
		}
	return false;
}

/* The line's end in TEXT, which becomes the end of a string; NULL: none. */
static char *
cut_line(char *text)
{
	char *end = strchr(text, '\n');

	if (end != NULL)
		*end = '\0';
	return end;
}

unsigned
master_handover_read(char *text, struct master_handover *out)
{
	unsigned number = 1;
	char *end = cut_line(text);

	*out = master_handover_empty();
	if (end == NULL || strcmp(text, MASTER_HANDOVER_FIRST) != 0)
		return number;
	for (;;) {
		text = end + 1;
		number++;
		end = cut_line(text);
		if (end == NULL)
			break;
		if (strcmp(text, "end") == 0 && end[1] == '\0' && out->pid != 0)
			return 0;
		if (!read_line(text, out))
			break;
	}
	master_handover_release(out);
	return number;
}
