/* master_refusal_holder.c — who has the address that we cannot have. */
#include "master/master_refusal_holder.h"

#include "master/master_socket_row.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The likeliest sockets so far. */
struct search {
	const struct addr *addr;
	unsigned rank;
	size_t count;
	struct master_socket_row rows[MASTER_REFUSAL_HOLDER_MAX];
};

/* Whether PID, "self" included, has a socket of INODE open. */
static bool
has_open(const char *pid, uint64_t inode)
{
	char path[300], wanted[40], link[40];
	bool is_found = false;
	const struct dirent *entry;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	snprintf(wanted, sizeof(wanted), "socket:[%ju]", (uintmax_t)inode);
	DIR *folder = opendir(path);

	if (folder == NULL)
		return false;
	while (!is_found && (entry = readdir(folder)) != NULL) {
		ssize_t len = readlinkat(
		    dirfd(folder), entry->d_name, link, sizeof(link) - 1);

		link[len > 0 ? len : 0] = '\0';
		is_found = strcmp(link, wanted) == 0;
	}
	closedir(folder);
	return is_found;
}

/* The first process that has it; 0: none that we may see. */
static pid_t
find_process(uint64_t inode)
{
	DIR *folder = opendir("/proc");
	const struct dirent *entry;
	pid_t pid = 0;

	if (folder == NULL)
		return 0;
	while (pid == 0 && (entry = readdir(folder)) != NULL)
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
		    has_open(entry->d_name, inode))
			pid = (pid_t)strtol(entry->d_name, NULL, 10);
	closedir(folder);
	return pid;
}

/* ------------------------------------------------------ who the process is */

/* The first line of /proc/PID/NAME, without its newline. */
static bool
read_line(pid_t pid, const char *name, char *out, int cap)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return false;
	bool is_read = fgets(out, cap, file) != NULL;

	fclose(file);
	if (is_read)
		out[strcspn(out, "\n")] = '\0';
	return is_read;
}

/* By its file, since what a process calls itself (comm) is cut to 15 bytes. */
static void
find_program(pid_t pid, char *out, size_t cap)
{
	char path[64], target[512] = "";

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	ssize_t len = readlink(path, target, sizeof(target) - 1);

	if (len <= 0 && !read_line(pid, "comm", target, sizeof(target)))
		snprintf(target, sizeof(target), "a process");
	const char *base = strrchr(target, '/');

	base = base == NULL ? target : base + 1;
	/* "nginx (deleted)", of one that was upgraded. */
	snprintf(out, cap, "%.*s", (int)strcspn(base, " "), base);
	/* A file may be called anything, and a line of the log is one line. */
	for (char *c = out; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
}

bool
master_refusal_holder_unit(const char *line, char *out, size_t cap)
{
	static const char kind[] = ".service";
	const char *path = strchr(line, '/');
	const char *name = strrchr(line, '/');

	if (path == NULL || strstr(path, "/user.slice/") != NULL)
		return false;
	size_t len = strcspn(name + 1, "\n"), tail = sizeof(kind) - 1;

	if (len <= tail || strncmp(name + 1 + len - tail, kind, tail) != 0 ||
	    len - tail >= cap)
		return false;
	memcpy(out, name + 1, len - tail);
	out[len - tail] = '\0';
	return true;
}

/* Some line of its cgroups says it: which one differs between versions 1 and 2.
 */
static void
find_unit(pid_t pid, char *out, size_t cap)
{
	char path[64], line[512];

	out[0] = '\0';
	snprintf(path, sizeof(path), "/proc/%d/cgroup", (int)pid);
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
		if (master_refusal_holder_unit(line, out, cap))
			break;
	fclose(file);
}

/* ------------------------------------------------------- which sockets */

static bool
is_known(const struct search *search, const struct master_socket_row *row)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->rows[i].uid == row->uid &&
		    addr_is_equal(&search->rows[i].local, &row->local))
			return true;
	return false;
}

static void
consider(struct search *search, const struct master_socket_row *row)
{
	unsigned rank = master_socket_row_rank(row, search->addr);

	if (rank == 0 || rank < search->rank)
		return;
	if (rank == search->rank &&
	    (search->count == MASTER_REFUSAL_HOLDER_MAX ||
	        is_known(search, row)))
		return;
	/* At a reload there are our own as well. */
	if (has_open("self", row->inode))
		return;
	if (rank > search->rank)
		search->count = 0;
	search->rank = rank;
	search->rows[search->count++] = *row;
}

static void
read_table(const char *path, struct search *search)
{
	struct master_socket_row row;
	FILE *file = fopen(path, "re");
	char line[512];

	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
		if (master_socket_row_parse(line, &row))
			consider(search, &row);
	fclose(file);
}

/* The kernel's order is by hash, another for UDP than for TCP. */
static int
compare(const void *a, const void *b)
{
	const struct master_socket_row *x = a, *y = b;
	char x_text[ADDR_TEXT_MAX], y_text[ADDR_TEXT_MAX];

	return strcmp(
	    addr_format(&x->local, x_text), addr_format(&y->local, y_text));
}

size_t
master_refusal_holder_find(const struct addr *addr, enum transport transport,
    struct master_refusal_holder out[MASTER_REFUSAL_HOLDER_MAX])
{
	const bool is_tcp = transport == TRANSPORT_TCP;
	struct search search = {.addr = addr};

	/* Not /proc/net: with ProcSubset=pid there is none. */
	if (addr->any.sa_family == AF_INET)
		read_table(is_tcp ? "/proc/self/net/tcp" : "/proc/self/net/udp",
		    &search);
	read_table(
	    is_tcp ? "/proc/self/net/tcp6" : "/proc/self/net/udp6", &search);
	qsort(search.rows, search.count, sizeof(search.rows[0]), compare);
	for (size_t i = 0; i < search.count; i++) {
		struct master_refusal_holder *one = &out[i];

		*one = (struct master_refusal_holder){
		    .addr = search.rows[i].local,
		    .uid = search.rows[i].uid,
		    .pid = find_process(search.rows[i].inode),
		};
		if (one->pid == 0)
			continue;
		find_program(one->pid, one->program, sizeof(one->program));
		find_unit(one->pid, one->unit, sizeof(one->unit));
	}
	return search.count;
}
