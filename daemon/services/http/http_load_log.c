/* http_load_log.c — where the access log goes. Loader process only. */
#include "services/http/http_load_log.h"

#include "core/conf_owner.h"
#include "core/file_denial.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	/* Nothing that is written to a pipe or a terminal may hold a worker
	 * up; for a file this means nothing. */
	FLAGS = O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	MODE = 0640, /* addresses and habits of people */
};

/* The folder may be the user's, who could put a link there: root would write
 * wherever it leads. /dev has links of its own, to standard output and such. */
static int
open_file(const struct http_load_job *job, const char *path)
{
	int follow = strncmp(path, "/dev/", 5) == 0 ? 0 : O_NOFOLLOW;
	int fd = open(path, FLAGS | O_CREAT | O_EXCL, MODE);

	if (fd == -1 && errno == EEXIST)
		return open(path, FLAGS | follow);
	/* After a rotation a reload opens it, or makes it, as the user. */
	if (fd != -1)
		conf_owner_give(job->load->conf, fd);
	return fd;
}

/* What forbids to log to FD, which is PATH, or NULL. */
static const char *
fault_of(int fd, const char *path)
{
	struct stat st;

	if (fd == -1)
		return errno == ENXIO   ? "nobody reads from it"
		       : errno == ELOOP ? "is a symbolic link"
		                        : file_denial_text(errno, path);
	if (fstat(fd, &st) == -1)
		return strerror(errno);
	return S_ISREG(st.st_mode) || S_ISCHR(st.st_mode) ||
	               S_ISFIFO(st.st_mode)
	           ? NULL
	           : "not a file";
}

static int
open_log(const struct http_load_job *job)
{
	cfg_t *section = job->load->section;
	char path[PATH_MAX];

	if (!http_load_job_path(job, section, "access_log", path))
		return -1;
	int fd = open_file(job, path);
	const char *fault = fault_of(fd, path);

	if (fault == NULL) {
		job->load->files[job->load->file_count++] = fd;
		return fd;
	}
	http_load_job_error(
	    job, section, "access_log", 0, "%s: %s", path, fault);
	if (fd != -1)
		close(fd);
	return -1;
}

void
http_load_log_read(const struct http_load_job *job, struct http_load_log *log)
{
	static const char *const formats[] = {"combined", "json"};
	cfg_t *section = job->load->section;
	const char *where = cfg_getstr(section, "access_log");

	log->is_json = http_load_job_word(
	                   job, section, "access_log_format", formats, 2) == 1;
	log->fd = -1;
	if (where[0] == '\0' || strcmp(where, "off") == 0) {
		log->kind = HTTP_LOAD_LOG_OFF;
	} else if (strcmp(where, "syslog") == 0) {
		log->kind = HTTP_LOAD_LOG_SYSLOG;
	} else {
		log->kind = HTTP_LOAD_LOG_FILE;
		log->fd = open_log(job);
	}
}
