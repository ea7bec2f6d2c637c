"""Types into a shell at a real terminal, and tells what then stands on its command line.

Reads a JSON object from standard input: `argv` starts the shell, each of `setUp` is a command that it is given first, and
each of `typed` is what is typed after a fresh prompt, with `shows`, a pattern of the line that is waited for. Prints a JSON
list with the last line on the terminal after each: the one that was waited for, or what stood there when patience ended.
"""
import json
import os
import pty
import re
import select
import sys
import time

PATIENCE = 30.0  # seconds
SILENCE = 0.3  # seconds: a shell that has shown its prompt may not read yet
PROMPT = r'[$#>] $'
INTERRUPT = '\x03'


def last_line(shown):
    text = re.sub(r'\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()=>].?|[\x00-\x07\x0e-\x1a]', '', shown)
    while '\b' in text:
        text = re.sub('[^\b]?\b', '', text, count=1)
    return text.replace('\r\n', '\n').rsplit('\n', 1)[-1].rsplit('\r', 1)[-1]


def wait(terminal, pattern):
    shown, end = '', time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if select.select([terminal], [], [], SILENCE)[0]:
            shown += os.read(terminal, 65536).decode(errors='replace')
        elif re.search(pattern, last_line(shown)):
            break
    return last_line(shown)


def press(terminal, keys, pattern):
    os.write(terminal, keys.encode())
    return wait(terminal, pattern)


def main():
    task = json.load(sys.stdin)
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(task['argv'][0], task['argv'])
    wait(terminal, PROMPT)
    for command in task['setUp']:
        press(terminal, command + '\n', PROMPT)
    lines = []
    for typed in task['typed']:
        press(terminal, INTERRUPT, PROMPT)
        lines.append(press(terminal, typed['keys'], typed['shows']).strip())
    os.close(terminal)
    print(json.dumps(lines))


main()
