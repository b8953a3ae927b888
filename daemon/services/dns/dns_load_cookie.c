/* dns_load_cookie.c — see dns_load_cookie.h. */
#include "services/dns/dns_load_cookie.h"

#include "core/conf_owner.h"
#include "core/file_denial.h"
#include "core/file_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DIGITS = 2 * DNS_COOKIE_SECRET_SIZE,
	FILE_MAX = 4096, /* bytes: four lines, and what one says of them */
};

static const char not_a_secret[] = "a secret is 32 hexadecimal digits";
static const char too_many[] = "there are at most 4 secrets";

_Static_assert(DIGITS == 32 && DNS_COOKIE_SECRET_MAX == 4, "as told");

static unsigned
digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return (unsigned)(digit - '0');
	return (unsigned)((digit | 0x20) - 'a' + 10);
}

void
dns_load_cookie_bytes(const char *text, uint8_t *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (uint8_t)(digit_value(text[2 * i]) << 4 |
		                   digit_value(text[2 * i + 1]));
}

/* Appends the secret that the LEN bytes of TEXT write. Returns what is wrong
 * with it, or NULL. */
static const char *
add_secret(struct dns_settings *out, const char *text, size_t len)
{
	if (len != DIGITS ||
	    strspn(text, "0123456789abcdefABCDEF") < (size_t)DIGITS)
		return not_a_secret;
	if (out->cookie_secret_count == DNS_COOKIE_SECRET_MAX)
		return too_many;
	dns_load_cookie_bytes(text,
	    out->cookie_secrets[out->cookie_secret_count++],
	    DNS_COOKIE_SECRET_SIZE);
	return NULL;
}

static void
make_secret(struct service_load *load, struct dns_settings *out)
{
	/* Of this length it is never cut short (getrandom(2)). */
	if (getrandom(out->cookie_secrets[0], DNS_COOKIE_SECRET_SIZE, 0) == -1)
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "no random secret for cookies: %s", strerror(errno));
	out->cookie_secret_count = 1;
}

/* ------------------------------------------------------------ in the section
 */

static void
read_list(struct service_load *load, struct dns_settings *out)
{
	unsigned count = cfg_size(load->section, "cookie_secret");

	for (unsigned i = 0; i < count; i++) {
		const char *text =
		    cfg_getnstr(load->section, "cookie_secret", i);
		const char *fault = add_secret(out, text, strlen(text));

		if (fault != NULL)
			conf_error(conf_report(load->conf),
			    conf_file(load->conf),
			    conf_line(
			        load->conf, load->section, "cookie_secret", i),
			    "'cookie_secret': %s", fault);
	}
}

/* --------------------------------------------------------------- in the file
 */

/* The file being read, or made. */
struct job {
	struct service_load *load;
	const char *path;
	struct dns_settings *out;
};

static void
tell_errno(const struct job *job, const char *what)
{
	struct service_load *load = job->load;

	conf_error(conf_report(load->conf), conf_file(load->conf),
	    conf_line(load->conf, load->section, "cookie_file", 0), "%s %s: %s",
	    what, job->path, file_denial_text(errno, job->path));
}

/* Takes the secrets from TEXT, a line each; # begins a comment. */
static void
read_lines(const struct job *job, const char *text)
{
	struct report *report = conf_report(job->load->conf);
	unsigned line = 1, faults = 0;

	for (;; line++) {
		size_t len = strcspn(text, "\n");
		size_t start = strspn(text, " \t\r");
		size_t word = strcspn(text + start, " \t\r\n#");
		size_t rest = start + word;

		rest += strspn(text + rest, " \t\r");
		const char *fault = NULL;

		if (rest < len && text[rest] != '#')
			fault = not_a_secret;
		else if (word != 0)
			fault = add_secret(job->out, text + start, word);
		if (fault != NULL) {
			conf_error(report, job->path, line, "%s", fault);
			faults++;
		}
		if (text[len] == '\0')
			break;
		text += len + 1;
	}
	if (job->out->cookie_secret_count == 0 && faults == 0)
		conf_error(report, job->path, 0,
		    "there is no secret in it: remove the file, and one is "
		    "made");
}

/* Told early: a reload would fail, or somebody else make our cookies. */
static void
check_rights(const struct job *job, const struct stat *st)
{
	struct report *report = conf_report(job->load->conf);
	uid_t user;

	if ((st->st_mode & (S_IRGRP | S_IROTH | S_IWGRP | S_IWOTH)) != 0)
		conf_warning(report, job->path, 0,
		    "others can read these secrets, or write them: chmod 600");
	else if (conf_owner_uid(job->load->conf, &user) && st->st_uid != user)
		conf_warning(report, job->path, 0,
		    "the user that the daemon becomes cannot read it: a reload "
		    "will fail");
}

static void
read_open_file(const struct job *job, int fd)
{
	struct service_load *load = job->load;
	struct file_text file;
	const char *fault = file_text_read(fd, FILE_MAX, &file);

	if (fault != NULL) {
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, load->section, "cookie_file", 0),
		    "%s: %s", job->path, fault);
		return;
	}
	check_rights(job, &file.st);
	read_lines(job, file.text);
	file_text_release(&file);
}

/* Writes a new random secret to FD. false: errno. */
static bool
write_secret(const struct job *job, int fd)
{
	char text[160];
	char digits[DIGITS + 1];

	make_secret(job->load, job->out);
	for (size_t i = 0; i < DNS_COOKIE_SECRET_SIZE; i++)
		(void)snprintf(
		    digits + 2 * i, 3, "%02x", job->out->cookie_secrets[0][i]);
	int len = snprintf(text, sizeof(text),
	    "# The first secret makes DNS cookies, the others are still taken: "
	    "netlabd.conf(5).\n%s\n",
	    digits);

	ssize_t written = write(fd, text, (size_t)len);

	if (written >= 0 && written < len)
		errno = ENOSPC;
	return written == len && fsync(fd) == 0;
}

/* Makes a file of a name of its own, and gives that the path when it is whole:
 * daemons that start together never read half of it, and the first one's file
 * stays. link: the folder may be the user's, who could put a link there. False:
 * errno. */
static bool
make_file(const struct job *job)
{
	char draft[PATH_MAX + sizeof(".XXXXXX")];

	(void)snprintf(draft, sizeof(draft), "%s.XXXXXX", job->path);
	int fd = mkostemp(draft, O_CLOEXEC); /* of mode 0600 */

	if (fd == -1)
		return false;
	conf_owner_give(job->load->conf, fd);
	bool is_made = write_secret(job, fd) && link(draft, job->path) == 0;
	int error = errno;

	close(fd);
	unlink(draft);
	errno = error;
	return is_made;
}

/* Opens the file, which is made where there is none. -1: as told, or nothing is
 * left to read of a file just made. */
static int
open_or_make_file(const struct job *job)
{
	int fd = file_text_open(job->path);

	if (fd != -1)
		return fd;
	if (errno != ENOENT) {
		tell_errno(job, "open");
		return -1;
	}
	if (make_file(job))
		return -1;
	int error = errno;

	job->out->cookie_secret_count = 0;
	fd = error == EEXIST ? file_text_open(job->path) : -1;
	errno = error;
	if (fd == -1)
		tell_errno(job, "make");
	return fd;
}

static void
read_file(struct service_load *load, struct dns_settings *out)
{
	char path[PATH_MAX];
	const struct job job = {.load = load, .path = path, .out = out};

	if (!conf_path(load->conf, cfg_getstr(load->section, "cookie_file"),
	        path, sizeof(path))) {
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, load->section, "cookie_file", 0),
		    "the path is too long");
		return;
	}
	int fd = open_or_make_file(&job);

	if (fd == -1)
		return;
	read_open_file(&job, fd);
	close(fd);
}

void
dns_load_cookie(struct service_load *load, const struct dns_settings *old,
    struct dns_settings *out)
{
	cfg_t *section = load->section;
	bool has_list = cfg_size(section, "cookie_secret") != 0;
	bool has_file = cfg_getstr(section, "cookie_file") != NULL;

	if (has_list && has_file)
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, section, "cookie_file", 0),
		    "'cookie_file' and 'cookie_secret' exclude each other");
	else if (cfg_getbool(section, "cookies") == cfg_false)
		return;
	else if (has_list)
		read_list(load, out);
	else if (has_file)
		read_file(load, out);
	else if (old != NULL && old->cookie_secret_count != 0) {
		memcpy(out->cookie_secrets, old->cookie_secrets,
		    sizeof(out->cookie_secrets));
		out->cookie_secret_count = old->cookie_secret_count;
	} else {
		make_secret(load, out);
	}
}
