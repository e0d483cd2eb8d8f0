// Talks to the stand-in: what a person sees comes as a stream, what a person does goes out as a post.
import { useEffect, useState } from "react";

export function useWorkspace(person) {
  const [state, setState] = useState(null);
  const [isStopped, setStopped] = useState(false);
  useEffect(() => {
    const stream = new EventSource(`/page/state?as=${encodeURIComponent(person)}`);
    stream.onmessage = (event) => {
      setStopped(false);
      setState(JSON.parse(event.data));
    };
    stream.onerror = () => setStopped(true);
    return () => stream.close();
  }, [person]);
  return { state, isStopped };
}

export async function act(name, body) {
  const response = await fetch(`/page/act/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.ok;
}

// Keeps a file with the stand-in and gives the id by which a form names it.
export async function upload(person, file) {
  const query = new URLSearchParams({ as: person, name: file.name });
  const response = await fetch(`/page/upload?${query}`, { method: "POST", body: file });
  return (await response.json()).id;
}
