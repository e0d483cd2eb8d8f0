import "slack-blocks-to-jsx/dist/style.css";
import "./page.css";
import { createRoot } from "react-dom/client";
import { Playground } from "./playground.jsx";

createRoot(document.getElementById("page")).render(<Playground />);
